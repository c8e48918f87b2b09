using System.Text.Json;
using SEAS.Data.Datasets.Frozen;

namespace SEAS.Data.Datasets.Export;

/// <summary>Preference pairs with exactly the keys that TRL and LLaMA-Factory read; where each row comes from stands in a file of ids
/// beside, row by row.</summary>
internal static class PairFormats
{
    private static readonly (string Name, string From)[] s_models =
        [("dpo_target", FrozenFiles.TargetPairs), ("dpo_red", FrozenFiles.RedPairs)];

    public static IEnumerable<ExportEntry> Trl() => s_models.SelectMany(model => (ExportEntry[])
        [RowsToLines.Entry($"{model.Name}.jsonl", model.From, Plain), Ids(model.Name, model.From)]);

    public static IEnumerable<ExportEntry> Conversational() => s_models.SelectMany(model => (ExportEntry[])
        [RowsToLines.Entry($"{model.Name}.conversational.jsonl", model.From, Conversation), Ids(model.Name, model.From)]);

    public static IEnumerable<ExportEntry> Alpaca() => s_models.SelectMany(model => (ExportEntry[])
        [RowsToLines.ArrayEntry($"llamafactory/{model.Name}.json", model.From, Alpaca), Ids(model.Name, model.From)]);

    public static IEnumerable<ExportEntry> ShareGpt() => s_models.SelectMany(model => (ExportEntry[])
        [RowsToLines.ArrayEntry($"llamafactory/{model.Name}_sharegpt.json", model.From, ShareGpt), Ids(model.Name, model.From)]);

    private static ExportEntry Ids(string name, string from) => RowsToLines.Entry($"{name}.ids.jsonl", from, (json, row) =>
    {
        foreach (var column in (string[])["id", "chosen_id", "rejected_id", "round", "category", "corrected", "confirmed"])
        {
            RowsToLines.Member(json, column, row, column);
        }
    });

    private static void Plain(Utf8JsonWriter json, JsonElement row)
    {
        RowsToLines.Member(json, "prompt", row, "prompt");
        RowsToLines.Member(json, "chosen", row, "chosen");
        RowsToLines.Member(json, "rejected", row, "rejected");
    }

    private static void Conversation(Utf8JsonWriter json, JsonElement row)
    {
        Turns("prompt", "user");
        Turns("chosen", "assistant");
        Turns("rejected", "assistant");

        void Turns(string name, string role)
        {
            json.WriteStartArray(name);
            json.WriteStartObject();
            json.WriteString("role", role);
            RowsToLines.Member(json, "content", row, name);
            json.WriteEndObject();
            json.WriteEndArray();
        }
    }

    private static void Alpaca(Utf8JsonWriter json, JsonElement row)
    {
        RowsToLines.Member(json, "instruction", row, "prompt");
        json.WriteString("input", "");
        RowsToLines.Member(json, "chosen", row, "chosen");
        RowsToLines.Member(json, "rejected", row, "rejected");
    }

    private static void ShareGpt(Utf8JsonWriter json, JsonElement row)
    {
        json.WriteStartArray("conversations");
        Turn("human", "prompt");
        json.WriteEndArray();
        json.WritePropertyName("chosen");
        Turn("gpt", "chosen");
        json.WritePropertyName("rejected");
        Turn("gpt", "rejected");

        void Turn(string from, string column)
        {
            json.WriteStartObject();
            json.WriteString("from", from);
            RowsToLines.Member(json, "value", row, column);
            json.WriteEndObject();
        }
    }
}
