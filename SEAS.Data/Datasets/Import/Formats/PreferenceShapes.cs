using System.Text.Json;
using SEAS.Data.Datasets.Import.Records;

namespace SEAS.Data.Datasets.Import.Formats;

/// <summary>Pairs of answers, however a file nests them.</summary>
internal static class PreferenceShapes
{
    private const string Prompt = "prompt", Chosen = "chosen", Rejected = "rejected";

    /// <summary>TRL's: texts, or lists of messages; with the prompt, or with the prompt in both answers.</summary>
    public static ImportedRow Trl(SourceRecord record, ImportedRow row)
    {
        var (chosen, rejected) = (record.Messages(Chosen), record.Messages(Rejected));
        if (Conversation.Is(chosen) || chosen.ValueKind == JsonValueKind.Object)
        {
            return Conversational(record, row, Conversation.Turns(chosen, Chosen), Conversation.Turns(rejected, Rejected));
        }

        var (better, worse) = (record.Answer(Chosen), record.Answer(Rejected));
        if (record.Text(Prompt) is not null)
        {
            return row with { Prompt = record.Needed(Prompt), Chosen = better, Rejected = worse };
        }

        return Dialogue.Is(better) && Dialogue.Is(worse)
            ? Joined(row, Dialogue.Turns(better), Dialogue.Turns(worse), "the same dialogue before the last answer")
            : SplitTexts(row, better, worse);
    }

    /// <summary>LLaMA-Factory's: the conversation, and two answers to it.</summary>
    public static ImportedRow Ranking(SourceRecord record, ImportedRow row)
    {
        var asked = Conversation.Fill(row, Conversation.Turns(record.Messages("conversations"), "conversations"), "conversations");
        return asked with
        {
            Answer = null,
            System = record.Text("system") ?? asked.System,
            Chosen = One(record, Chosen),
            Rejected = One(record, Rejected),
        };
    }

    /// <summary>OpenAI's: the request as <c>input</c>, and one message each that is preferred or not.</summary>
    public static ImportedRow OpenAi(SourceRecord record, ImportedRow row)
    {
        const string Input = "input", Better = "preferred_output", Worse = "non_preferred_output";
        var input = record.Messages(Input);
        var messages = input.ValueKind == JsonValueKind.Object && input.TryGetProperty("messages", out var within) ? within : input;
        var asked = Conversation.Fill(row, Conversation.Turns(messages, Input), Input);
        return asked with
        {
            Answer = null,
            Chosen = Single(Conversation.Turns(record.Messages(Better), Better), Better),
            Rejected = Single(Conversation.Turns(record.Messages(Worse), Worse), Worse),
        };
    }

    private static ImportedRow Conversational(SourceRecord record, ImportedRow row, List<ChatTurn> chosen, List<ChatTurn> rejected)
    {
        var prompt = record.Messages(Prompt);
        if (Conversation.Is(prompt))
        {
            var asked = Conversation.Fill(row, Conversation.Turns(prompt, Prompt), Prompt);
            return asked with { Answer = null, Chosen = Single(chosen, Chosen), Rejected = Single(rejected, Rejected) };
        }

        if (chosen.Count > 1 && rejected.Count > 1)
        {
            return Joined(row, chosen, rejected, "the same messages before the last answer");
        }

        return row with
        {
            Prompt = record.Needed(Prompt),
            Chosen = Single(chosen, Chosen),
            Rejected = Single(rejected, Rejected),
        };
    }

    /// <summary>Two conversations that differ in the last answer: the prompt is what both have in common.</summary>
    public static ImportedRow Joined(
        ImportedRow row, List<ChatTurn> chosen, List<ChatTurn> rejected, string expected, string column = Rejected)
    {
        var better = Conversation.Fill(row, chosen, Chosen);
        var worse = Conversation.Fill(row, rejected, column);
        if (better.Answer is null || worse.Answer is null || better.Prompt != worse.Prompt || !better.History.SequenceEqual(worse.History))
        {
            throw new RowFault(column, $"expected {expected} as in 'chosen', found another one");
        }

        return better with { Answer = null, Chosen = better.Answer, Rejected = worse.Answer };
    }

    // TRL does the same: what both texts begin with is the prompt; it ends with a word.
    private static ImportedRow SplitTexts(ImportedRow row, string chosen, string rejected)
    {
        var common = chosen.AsSpan().CommonPrefixLength(rejected);
        common = chosen.AsSpan(0, common).LastIndexOfAny(' ', '\n') + 1;
        return string.IsNullOrWhiteSpace(chosen[..common])
            ? throw new RowFault(Prompt, "expected a prompt, or two answers that begin with it, found answers that begin unlike")
            : row with { Prompt = chosen[..common].TrimEnd(), Chosen = chosen[common..], Rejected = rejected[common..] };
    }

    private static string One(SourceRecord record, string column) => record.Messages(column) is { ValueKind: not JsonValueKind.Undefined } messages
        ? Single(Conversation.Turns(messages, column), column)
        : record.Answer(column);

    private static string Single(List<ChatTurn> turns, string column) => turns is [{ Role: "assistant" } only]
        ? only.Content
        : throw new RowFault(column, $"expected one answer of the assistant, found {turns.Count} messages");
}
