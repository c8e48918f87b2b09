using System.Text.Json;
using System.Text.Json.Serialization;

namespace SEAS.Data.Contracts;

/// <summary>How events and results are written: camel case, enums by name, no number that JSON cannot hold.</summary>
public static class StoredJson
{
    /// <summary>The options that every event, plan and result shares.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Writes a value as JSON.</summary>
    public static string Write(object value) => JsonSerializer.Serialize(value, value.GetType(), Options);

    /// <summary>Reads a value back.</summary>
    /// <exception cref="JsonException">The text is not what <see cref="Write"/> wrote for this type.</exception>
    public static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"Expected a {typeof(T).Name}, found null.");
}
