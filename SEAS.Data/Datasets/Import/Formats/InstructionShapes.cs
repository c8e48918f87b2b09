using System.Text.Json;
using SEAS.Data.Datasets.Import.Records;

namespace SEAS.Data.Datasets.Import.Formats;

/// <summary>Requests with their answers, however a file nests them.</summary>
internal static class InstructionShapes
{
    /// <summary>Alpaca's: the instruction and its input are one prompt, on lines of their own, as LLaMA-Factory joins them.</summary>
    public static ImportedRow Alpaca(SourceRecord record, ImportedRow row) =>
        WithInput(record, row, "input") with { History = History(record) };

    /// <summary>The prompt with what it is about on the next line, if there is anything.</summary>
    public static ImportedRow WithInput(SourceRecord record, ImportedRow row, string column) =>
        record.Said(column) is { } input && !string.IsNullOrWhiteSpace(input) ? row with { Prompt = $"{row.Prompt}\n{input}" } : row;

    /// <summary>A list of messages.</summary>
    public static ImportedRow Chat(SourceRecord record, ImportedRow row, string column)
    {
        var messages = record.Messages(column);
        var filled = Conversation.Fill(row, Conversation.Turns(messages, column), column);
        return filled.Answer is not null && IsWeightless(messages[messages.GetArrayLength() - 1]) ? filled with { Label = NotLearned } : filled;
    }

    /// <summary>The label of an answer that its file says is not to be learned.</summary>
    public const string NotLearned = "not to be learned (weight 0)";

    // OpenAI's tuning files say weight, LLaMA-Factory's loss_weight.
    private static bool IsWeightless(JsonElement message) => Array.Exists(
        (string[])["weight", "loss_weight"],
        name => message.TryGetProperty(name, out var weight) && weight.ValueKind == JsonValueKind.Number && weight.GetDouble() == 0);

    /// <summary>Whichever of messages, conversation and instruction the row has.</summary>
    public static ImportedRow Any(SourceRecord record, ImportedRow row) =>
        record.IsFilled("messages") ? Chat(record, row, "messages")
        : record.IsFilled("conversations") || !record.Has("instruction") ? Chat(record, row, "conversations")
        : Alpaca(record, row with
        {
            Prompt = record.Needed("instruction"), Answer = record.Said("output"), System = record.Text("system"),
        });

    /// <summary>TRL's prompt and completion: texts or lists of messages.</summary>
    public static ImportedRow PromptCompletion(SourceRecord record, ImportedRow row)
    {
        var (prompt, completion) = (record.Messages("prompt"), record.Messages("completion"));
        var asked = Conversation.Is(prompt)
            ? Conversation.Fill(row, Conversation.Turns(prompt, "prompt"), "prompt")
            : row with { Prompt = record.Needed("prompt") };
        if (completion.ValueKind == JsonValueKind.Undefined)
        {
            return asked with { Answer = record.Said("completion") };
        }

        return Conversation.Turns(completion, "completion") is [{ Role: "assistant" } only]
            ? asked with { Answer = only.Content }
            : throw new RowFault("completion", "expected one answer of the assistant, found other messages");
    }

    /// <summary>Self-instruct's tasks: one row for each worked example, with the task alone where there is none.</summary>
    public static IEnumerable<ImportedRow> Tasks(SourceRecord record, ImportedRow row)
    {
        var instances = record.Json("instances");
        if (instances.ValueKind != JsonValueKind.Array || instances.GetArrayLength() == 0)
        {
            throw new RowFault("instances", $"expected a list of worked examples, found {JsonSourceRecord.Kind(instances)}");
        }

        return instances.EnumerateArray()
            .Select(instance => instance.ValueKind == JsonValueKind.Object
                ? new JsonSourceRecord(record.Row, instance)
                : throw new RowFault("instances", $"expected examples in braces, found {JsonSourceRecord.Kind(instance)}"))
            .Select(instance => WithInput(instance, row, "input") with { Answer = instance.Said("output") })
            .ToList();
    }

    // Earlier rounds of a conversation: pairs of request and answer.
    private static IReadOnlyList<ChatTurn> History(SourceRecord record)
    {
        var history = record.Json("history");
        if (history.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return [];
        }

        var turns = new List<ChatTurn>();
        foreach (var pair in history.ValueKind == JsonValueKind.Array ? history.EnumerateArray() : default)
        {
            if (pair.ValueKind != JsonValueKind.Array || pair.GetArrayLength() != 2)
            {
                throw new RowFault("history", "expected pairs of request and answer, found something else");
            }

            turns.Add(new ChatTurn("user", JsonSourceRecord.Written(pair[0], "history") ?? ""));
            turns.Add(new ChatTurn("assistant", JsonSourceRecord.Written(pair[1], "history") ?? ""));
        }

        return turns;
    }
}
