using System.Text.Json;
using System.Text.Json.Serialization;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;

namespace SEAS.Web.Live;

/// <summary>Reads the payloads that <see cref="EventKinds"/> lists.</summary>
internal static class EventPayloads
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>The payload as what its kind holds.</summary>
    /// <exception cref="JsonException">The payload has another shape; the message names run, number and kind.</exception>
    public static T Read<T>(this RunEvent happened)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(happened.Json, s_options) ?? throw new JsonException("The payload is null.");
        }
        catch (JsonException error)
        {
            throw new JsonException(
                $"Event {happened.Sequence} of run {happened.Run} ({happened.Kind}) cannot be read as {typeof(T).Name}: {error.Message} "
                + "It was probably written by another version of the program.", error);
        }
    }

    /// <summary>A stored evaluation as pages show it.</summary>
    public static EvaluationView Read(this StoredEvaluation stored) =>
        JsonSerializer.Deserialize<EvaluationView>(stored.Json, s_options) ?? throw new JsonException("The evaluation is null.");
}
