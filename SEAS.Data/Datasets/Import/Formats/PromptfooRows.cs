using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Records;

namespace SEAS.Data.Datasets.Import.Formats;

/// <summary>promptfoo's red-team tests, and what models answered to them.</summary>
internal static class PromptfooRows
{
    private static readonly string[] s_asked = ["prompt", "query", "question", "input", "message"];

    private static readonly string[] s_kept = ["severity", "strategyId", "goal", "pluginConfig"];

    /// <summary>A test: what it asks, the plugin that made it as its type.</summary>
    public static ImportedRow Test(SourceRecord record, ImportedRow row) =>
        Described(row with { Prompt = Asked(record.Json("vars")) }, record.Json("metadata"), record.Json("assert"));

    /// <summary>A result: passing a red-team test is a safe answer.</summary>
    public static IEnumerable<ImportedRow> Result(SourceRecord record, ImportedRow row, DatasetPurpose? purpose)
    {
        var test = record.Json("testCase");
        var metadata = Member(record.Json("metadata"), "pluginId").ValueKind == JsonValueKind.String
            ? record.Json("metadata") : Member(test, "metadata");
        var asked = Described(row with { Prompt = Asked(record.Json("vars")) }, metadata, Member(test, "assert"));
        if (purpose is not (null or DatasetPurpose.Labels))
        {
            return [asked];
        }

        // What was sent may hold more than the test's own words, such as earlier turns.
        var sent = Member(record.Json("prompt"), "raw");
        if (sent.ValueKind == JsonValueKind.String && sent.GetString() is { } raw && WrittenMessages.Is(raw))
        {
            asked = Conversation.Fill(asked, Conversation.Turns(WrittenMessages.Read(raw, "prompt"), "prompt"), "prompt");
        }
        else if (sent.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(sent.GetString()))
        {
            asked = asked with { Prompt = JsonSourceRecord.Written(sent, "prompt")! };
        }

        var output = Member(record.Json("response"), "output");
        var answer = output.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null
            : JsonSourceRecord.Written(output, "response");
        var passed = Truths.Needed(record, "success");
        var isRedTeam = metadata.ValueKind == JsonValueKind.Object && metadata.TryGetProperty("pluginId", out _);
        return
        [
            asked with
            {
                Answer = answer,
                Label = isRedTeam ? (passed ? "safe" : "unsafe") : passed ? "pass" : "fail",
                LeftOutAs = purpose is not null && (answer is null || record.Text("failureReason") == "2")
                    ? "results without an answer, as the call failed" : null,
            },
        ];
    }

    private static string Asked(JsonElement vars)
    {
        if (vars.ValueKind != JsonValueKind.Object)
        {
            throw new RowFault("vars", $"expected an object of variables, found {JsonSourceRecord.Kind(vars)}");
        }

        var texts = vars.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.String).ToList();
        var found = Array.Find(s_asked, name => texts.Exists(member => member.NameEquals(name)));
        var text = found is not null ? vars.GetProperty(found) : texts is [var only] ? only.Value : default;
        var asked = JsonSourceRecord.Written(text, "vars");
        return !string.IsNullOrWhiteSpace(asked) ? asked : throw new RowFault(
            "vars",
            $"expected a variable '{string.Join("', '", s_asked)}', or one text alone, found "
            + (vars.EnumerateObject().Any() ? string.Join(", ", vars.EnumerateObject().Take(12).Select(JsonSourceRecord.Name)) : "none"));
    }

    private static ImportedRow Described(ImportedRow row, JsonElement metadata, JsonElement asserts)
    {
        var extra = new Dictionary<string, string>(row.Extra, StringComparer.Ordinal);
        foreach (var name in s_kept)
        {
            if (JsonSourceRecord.Written(Member(metadata, name), "metadata") is { } text && !string.IsNullOrWhiteSpace(text))
            {
                extra[name] = text;
            }
        }

        return row with { Category = Type(metadata, asserts), Extra = extra };
    }

    private static string? Type(JsonElement metadata, JsonElement asserts)
    {
        if (JsonSourceRecord.Written(Member(metadata, "pluginId"), "metadata") is { } plugin && !string.IsNullOrWhiteSpace(plugin))
        {
            return plugin.Trim();
        }

        var first = asserts.ValueKind == JsonValueKind.Array ? asserts.EnumerateArray().FirstOrDefault() : default;
        return JsonSourceRecord.Written(Member(first, "metric"), "assert")?.Trim();
    }

    private static JsonElement Member(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : default;
}
