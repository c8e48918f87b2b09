using System.Text.Json;
using SEAS.Data.Datasets.Frozen;

namespace SEAS.Data.Datasets.Export;

/// <summary>Single answers to learn from, with exactly the keys that trainers read; ids stand in a file beside, row by row.</summary>
internal static class AnswerFormats
{
    /// <summary>Every judged answer; true is one to keep, that is a safe one by the label that counts.</summary>
    public static IEnumerable<ExportEntry> Kto() =>
        [RowsToLines.Entry("kto.jsonl", FrozenFiles.Verdicts, Unpaired), Ids("kto", FrozenFiles.Verdicts, "id", "attempt_id")];

    public static IEnumerable<ExportEntry> LlamaFactoryKto() =>
    [
        RowsToLines.ArrayEntry("llamafactory/kto.json", FrozenFiles.Verdicts, Tagged),
        Ids("kto", FrozenFiles.Verdicts, "id", "attempt_id"),
    ];

    /// <summary>What the target model learns to say: the chosen answers of its pairs, and its plain rows.</summary>
    public static IEnumerable<ExportEntry> Messages() =>
    [
        new("sft.jsonl", [FrozenFiles.TargetPairs, FrozenFiles.General], (source, output) =>
        {
            RowsToLines.Lines(source.Rows(FrozenFiles.TargetPairs), output, (json, row) => Conversation(json, row, "chosen"));
            RowsToLines.Lines(General(source), output, (json, row) => Conversation(json, row, "answer"));
        })
        { IsBound = true },
        new("sft.ids.jsonl", [FrozenFiles.TargetPairs, FrozenFiles.General], (source, output) =>
        {
            RowsToLines.Lines(source.Rows(FrozenFiles.TargetPairs), output, (json, row) => RowsToLines.Member(json, "id", row, "id"));
            RowsToLines.Lines(General(source), output, (json, row) => RowsToLines.Member(json, "id", row, "id"));
        })
        { IsBound = true },
    ];

    /// <summary>The round's prompts, to start another run with.</summary>
    public static IEnumerable<ExportEntry> Seeds() =>
    [
        RowsToLines.Entry("seeds.jsonl", FrozenFiles.Attacks, (json, row) =>
        {
            RowsToLines.Member(json, "prompt", row, "prompt");
            RowsToLines.Member(json, "category", row, "category");
        }),
        Ids("seeds", FrozenFiles.Attacks, "id", "seed_id"),
    ];

    private static IEnumerable<JsonElement> General(ExportSource source) =>
        source.Rows(FrozenFiles.General).Where(row => row.GetProperty("role").ValueEquals("target"));

    private static ExportEntry Ids(string name, string from, params string[] columns) =>
        RowsToLines.Entry($"{name}.ids.jsonl", from, (json, row) =>
        {
            foreach (var column in columns)
            {
                RowsToLines.Member(json, column, row, column);
            }
        });

    private static void Unpaired(Utf8JsonWriter json, JsonElement row)
    {
        RowsToLines.Member(json, "prompt", row, "prompt");
        RowsToLines.Member(json, "completion", row, "output");
        json.WriteBoolean("label", row.GetProperty("label").ValueEquals("safe"));
    }

    private static void Tagged(Utf8JsonWriter json, JsonElement row)
    {
        RowsToLines.Member(json, "instruction", row, "prompt");
        json.WriteString("input", "");
        RowsToLines.Member(json, "output", row, "output");
        json.WriteBoolean("kto_tag", row.GetProperty("label").ValueEquals("safe"));
    }

    private static void Conversation(Utf8JsonWriter json, JsonElement row, string answer)
    {
        json.WriteStartArray("messages");
        Turn("user", "prompt");
        Turn("assistant", answer);
        json.WriteEndArray();

        void Turn(string role, string column)
        {
            json.WriteStartObject();
            json.WriteString("role", role);
            RowsToLines.Member(json, "content", row, column);
            json.WriteEndObject();
        }
    }
}
