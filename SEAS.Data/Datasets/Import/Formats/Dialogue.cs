using SEAS.Data.Datasets.Import.Records;

namespace SEAS.Data.Datasets.Import.Formats;

/// <summary>Dialogues written as one text, each turn after <c>\n\nHuman:</c> or <c>\n\nAssistant:</c> (HH-RLHF).</summary>
internal static class Dialogue
{
    private const string Human = "\n\nHuman:";
    private const string Assistant = "\n\nAssistant:";

    /// <summary>Whether a text is such a dialogue.</summary>
    public static bool Is(string? text) => text is not null && text.StartsWith(Human, StringComparison.Ordinal);

    /// <summary>Its turns.</summary>
    public static List<ChatTurn> Turns(string text)
    {
        var turns = new List<ChatTurn>();
        var at = 0;
        while (at < text.Length)
        {
            var (role, marker) = text.AsSpan(at).StartsWith(Human, StringComparison.Ordinal) ? ("user", Human) : ("assistant", Assistant);
            var start = at + marker.Length;
            at = Next(text, Math.Min(start, text.Length));
            turns.Add(new ChatTurn(role, text[Math.Min(start, at)..at].Trim()));
        }

        return turns;
    }

    /// <summary>What its person says first.</summary>
    /// <exception cref="RowFault">It is no dialogue.</exception>
    public static string Opening(string text, string column) =>
        Is(text) && Turns(text)[0].Content is { Length: > 0 } opening
            ? opening
            : throw new RowFault(column, "expected a dialogue that begins with 'Human:' after two line breaks, found another text");

    private static int Next(string text, int from)
    {
        var human = text.IndexOf(Human, from, StringComparison.Ordinal);
        var assistant = text.IndexOf(Assistant, from, StringComparison.Ordinal);
        return (human, assistant) switch
        {
            (< 0, < 0) => text.Length,
            (< 0, _) => assistant,
            (_, < 0) => human,
            _ => Math.Min(human, assistant),
        };
    }
}
