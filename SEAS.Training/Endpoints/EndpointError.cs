using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SEAS.Training.Endpoints;

/// <summary>What a server's error says, in whichever of the usual shapes.</summary>
/// <param name="Message">Its words; null where it has none.</param>
/// <param name="Codes">Its code, its type and those within, as written.</param>
/// <param name="Fields">The request's fields that it names apart from its words.</param>
/// <param name="Status">The HTTP status that its code is; null where it is none.</param>
/// <param name="Moderated">It lists reasons of a moderation.</param>
internal sealed partial record EndpointError(
    string? Message, IReadOnlyList<string> Codes, IReadOnlyList<string> Fields, int? Status, bool Moderated)
{
    private static readonly string[] s_blocking =
    [
        "content_filter", "content_policy_violation", "data_inspection_failed", "datainspectionfailed", "moderation_blocked", "content_blocked",
        "responsibleaipolicyviolation", "prohibited_content", "sensitive_content", "invalid_prompt", "safety", "contentfilter", "contentpolicy",
    ];

    /// <summary>Nothing is known.</summary>
    public static EndpointError None { get; } = new(null, [], [], null, false);

    /// <summary>Whether the server dislikes what it was asked, rather than how: the answer is withheld.</summary>
    /// <param name="status">The HTTP status that it came with.</param>
    public bool Blocks(int status) => status is 200 or 400 or 403 or 422 or 451
        && (Moderated || Codes.Any(code => s_blocking.Contains(code, StringComparer.OrdinalIgnoreCase))
            || (Fields.Count == 0 && Message is { } words && Blocking().IsMatch(words)));

    /// <summary>Reads an error's body.</summary>
    public static EndpointError Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return None;
        }
    }

    /// <summary>Reads an error; also one that stands in an answer's place.</summary>
    public static EndpointError Read(JsonElement root)
    {
        var error = EndpointJson.Member(root, "error") is { ValueKind: not JsonValueKind.Null } inner ? inner : root;
        if (error.ValueKind == JsonValueKind.String)
        {
            return None with { Message = error.GetString() };
        }

        var codes = new[] { error, EndpointJson.Member(error, "innererror") ?? default, root }
            .SelectMany(part => new[] { EndpointJson.Member(part, "code"), EndpointJson.Member(part, "type"), EndpointJson.Member(part, "status") })
            .Select(Word).OfType<string>().ToList();
        var metadata = EndpointJson.Member(error, "metadata") ?? default;
        var reasons = EndpointJson.Member(metadata, "reasons") is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0;
        var details = Details(error);
        var fields = new[] { EndpointJson.Text(error, "param") }.OfType<string>().Concat(details.SelectMany(Places)).ToList();
        return new EndpointError(Words(error, details), codes, fields, StatusOf(codes), reasons);
    }

    // FastAPI's errors: a list of what is wrong with which field, alone or within a message.
    private static List<JsonElement> Details(JsonElement error) => new[] { error, EndpointJson.Member(error, "message") ?? default }
        .Select(part => EndpointJson.Member(part, "detail")).OfType<JsonElement>().Where(detail => detail.ValueKind == JsonValueKind.Array)
        .SelectMany(detail => detail.EnumerateArray()).ToList();

    private static IEnumerable<string> Places(JsonElement detail) =>
        EndpointJson.Member(detail, "loc") is { ValueKind: JsonValueKind.Array } path
            ? path.EnumerateArray().Where(part => part.ValueKind == JsonValueKind.String).Select(part => part.GetString()!)
                .Where(part => part != "body")
            : [];

    private static string? Words(JsonElement error, List<JsonElement> details) =>
        EndpointJson.Text(error, "message") ?? EndpointJson.Text(error, "detail")
        ?? (details.Count == 0 ? null : string.Join("; ", details.Select(detail =>
            $"{string.Join('.', Places(detail))}: {EndpointJson.Text(detail, "msg") ?? EndpointJson.Text(detail, "type")}")));

    private static string? Word(JsonElement? written) => written switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.ToString(),
        _ => null,
    };

    private static int? StatusOf(IEnumerable<string> codes)
    {
        foreach (var code in codes)
        {
            if (int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 400 and < 600)
            {
                return status;
            }

            if (code is "rate_limit_exceeded" or "rate_limit_error" or "RESOURCE_EXHAUSTED")
            {
                return 429;
            }

            if (code is "server_error" or "overloaded_error" or "UNAVAILABLE" or "internal_error")
            {
                return 503;
            }
        }

        return null;
    }

    [GeneratedRegex(
        @"prohibited[_ ]content|content[_ ](filter|management|policy|moderation)|inappropriate content|flagged (as|by|for)|was flagged"
        + @"|(blocked|rejected|refused).{0,40}(safety|moderation|polic)|(safety|moderation) (system|filter|setting|check)|violat\w+ .{0,40}polic",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Blocking();
}
