using System.Text.Json;

namespace SEAS.Web.Serving;

/// <summary>The fields of a request's body, read by name; a field that cannot be used is refused by its name.</summary>
/// <remarks>A field that would change the answer and is not known is refused, never ignored. One that holds null says nothing, so it is as
/// good as left out.</remarks>
internal sealed class RequestFields
{
    private static readonly string[] s_both =
    [
        "model", "max_tokens", "max_completion_tokens", "temperature", "top_p", "top_k", "n", "stop", "seed", "stream", "stream_options",
        "logprobs", "user", "metadata", "store", "service_tier", "safety_identifier", "prompt_cache_key", "prompt_cache_retention",
    ];

    // Fields whose usual value asks for what is done anyway.
    private static readonly Dictionary<string, Func<JsonElement, bool>> s_harmless = new(StringComparer.Ordinal)
    {
        ["frequency_penalty"] = value => Is(value, 0),
        ["presence_penalty"] = value => Is(value, 0),
        ["repetition_penalty"] = value => Is(value, 1),
        ["min_p"] = value => Is(value, 0),
        ["best_of"] = value => Is(value, 1),
        ["logit_bias"] = value => IsEmpty(value, JsonValueKind.Object),
        ["tools"] = value => IsEmpty(value, JsonValueKind.Array),
        ["functions"] = value => IsEmpty(value, JsonValueKind.Array),
        ["tool_choice"] = value => IsOne(value, "none", "auto"),
        ["function_call"] = value => IsOne(value, "none", "auto"),
        ["parallel_tool_calls"] = value => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        ["suffix"] = value => IsOne(value, ""),
        ["ignore_eos"] = value => value.ValueKind == JsonValueKind.False,
        ["response_format"] = value => value.ValueKind == JsonValueKind.Object && value.GetPropertyCount() == 1
            && value.TryGetProperty("type", out var type) && IsOne(type, "text"),
        ["modalities"] = value => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 1 && IsOne(value[0], "text"),
    };

    private readonly JsonElement _body;

    /// <param name="body">The body.</param>
    /// <param name="more">The fields that are understood besides those of every kind of request.</param>
    /// <exception cref="ApiException">The body is no object, holds text that is none, or asks for something that is not known.</exception>
    public RequestFields(JsonElement body, params IReadOnlyCollection<string> more)
    {
        _body = body.ValueKind == JsonValueKind.Object ? body : throw new ApiException(
            "The body must be a JSON object.", null);
        CheckText(body, "");
        foreach (var field in body.EnumerateObject().Where(field => field.Value.ValueKind != JsonValueKind.Null
            && !s_both.Contains(field.Name) && !more.Contains(field.Name)))
        {
            if (!s_harmless.TryGetValue(field.Name, out var isUsual) || !isUsual(field.Value))
            {
                var written = JsonSerializer.Serialize(field.Value);
                throw new ApiException(
                    $"{field.Name} = {(written.Length > 80 ? written[..80] + " …" : written)} is not supported by this server.", field.Name)
                {
                    Code = s_harmless.ContainsKey(field.Name) ? "unsupported_value" : "unsupported_parameter",
                };
            }
        }
    }

    /// <summary>A field's value; null where it is missing or null.</summary>
    public JsonElement? Find(string name) =>
        _body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A text; null where there is none.</summary>
    public string? Text(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw new ApiException($"{name} must be a text.", name);

    /// <summary>True or false; false where it is missing.</summary>
    public bool Flag(string name) => Flag(Find(name), name);

    /// <inheritdoc cref="Flag(string)"/>
    public static bool Flag(JsonElement? value, string name) => value?.ValueKind switch
    {
        null or JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.True => true,
        _ => throw new ApiException($"{name} must be true or false.", name),
    };

    /// <summary>A whole number; null where there is none.</summary>
    public long? Whole(string name, long least, long most)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && !value.TryGetInt64(out _)
            && value.TryGetDouble(out var number) && double.IsInteger(number) && Math.Abs(number) < 1L << 53)
        {
            return InRange((long)number);   // 16.0 is 16
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var whole)
            ? InRange(whole)
            : throw Wrong();

        long InRange(long found) => found >= least && found <= most ? found : throw Wrong();

        ApiException Wrong() => new($"{name} must be a whole number from {least} to {most}.", name);
    }

    /// <summary>A number; null where there is none.</summary>
    public double? Number(string name, double least, double most) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= least && number <= most ? number
        : throw new ApiException($"{name} must be a number from {least} to {most}.", name);

    // JSON can spell half a surrogate pair, and bytes that are no UTF-8, neither of which is a text.
    private static void CheckText(JsonElement value, string path)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var field in value.EnumerateObject())
                {
                    var name = Read(() => field.Name, path, "a field's name in ");
                    CheckText(field.Value, path.Length == 0 ? name : $"{path}.{name}");
                }

                break;
            case JsonValueKind.Array:
                var place = 0;
                foreach (var item in value.EnumerateArray())
                {
                    CheckText(item, $"{path}[{place++}]");
                }

                break;
            case JsonValueKind.String:
                Read(() => value.GetString()!, path, "");
                break;
        }
    }

    private static string Read(Func<string> read, string path, string what)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            throw new ApiException(
                $"{what}{(path.Length == 0 ? "the body" : path)} is no text: it holds half a surrogate pair or bytes that are no UTF-8.",
                path.Length == 0 ? null : path);
        }
    }

    private static bool Is(JsonElement value, double wanted) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number == wanted;

    private static bool IsOne(JsonElement value, params ReadOnlySpan<string> texts) =>
        value.ValueKind == JsonValueKind.String && texts.Contains(value.GetString()!);

    private static bool IsEmpty(JsonElement value, JsonValueKind kind) => value.ValueKind == kind
        && (kind == JsonValueKind.Array ? value.GetArrayLength() : value.GetPropertyCount()) == 0;
}
