namespace SEAS.Training.Text.Templates.Values;

/// <summary>The ends of a text.</summary>
[Flags]
internal enum Sides
{
    /// <summary>Its beginning.</summary>
    Left = 1,

    /// <summary>Its end.</summary>
    Right = 2,

    /// <summary>Both.</summary>
    Both = Left | Right,
}

/// <summary>What can be called on a text: Python's methods of the same names.</summary>
internal static class TextMethods
{
    /// <summary>A method bound to a text, or null if texts have none of that name.</summary>
    public static Func<CallValues, object?>? Find(TemplateText text, string name) => name switch
    {
        "strip" => call => Trim(text, call, Sides.Both),
        "lstrip" => call => Trim(text, call, Sides.Left),
        "rstrip" => call => Trim(text, call, Sides.Right),
        "split" => call => Split(text, call),
        "splitlines" => _ => Lines(text),
        "startswith" => call => Any(call, part => text.Value.StartsWith(part, StringComparison.Ordinal)),
        "endswith" => call => Any(call, part => text.Value.EndsWith(part, StringComparison.Ordinal)),
        "find" => call => (long)text.Value.IndexOf(call.Text(0, "sub").Value, StringComparison.Ordinal),
        "replace" => call => Replace(text, call),
        "upper" => _ => text.Changed(value => value.ToUpperInvariant()),
        "lower" => _ => text.Changed(value => value.ToLowerInvariant()),
        "capitalize" => _ => text.Changed(Capitalized),
        "title" => _ => text.Changed(Titled),
        _ => null,
    };

    /// <summary>The text without white space, or without the letters given, at its ends.</summary>
    public static TemplateText Trim(TemplateText text, CallValues call, Sides sides)
    {
        var letters = call.Get(0, "chars") is null ? null : call.Text(0, "chars").Value;
        var (start, end) = (0, text.Value.Length);
        while (sides.HasFlag(Sides.Left) && start < end && Goes(text.Value[start]))
        {
            start++;
        }

        while (sides.HasFlag(Sides.Right) && end > start && Goes(text.Value[end - 1]))
        {
            end--;
        }

        return text.Slice(start, end - start);

        bool Goes(char letter) => letters is null ? char.IsWhiteSpace(letter) : letters.Contains(letter, StringComparison.Ordinal);
    }

    /// <summary>Puts one text in the place of another, at most as often as asked.</summary>
    public static TemplateText Replace(TemplateText text, CallValues call)
    {
        var (old, replacement) = (call.Text(0, "old"), call.Text(1, "new"));
        var most = call.Whole(2, "count", -1);
        if (old.Value.Length == 0)
        {
            throw call.Wrong("cannot replace nothing");
        }

        List<TemplateText> parts = [];
        var done = 0;
        for (var at = Next(0); at >= 0 && most != 0; at = Next(done), most--)
        {
            parts.Add(text.Slice(done, at - done));
            parts.Add(replacement);
            done = at + old.Value.Length;
        }

        parts.Add(text.Slice(done, text.Value.Length - done));
        return TemplateText.Concat(parts);

        int Next(int from) => text.Value.IndexOf(old.Value, from, StringComparison.Ordinal);
    }

    /// <summary>The first letter large, the others small.</summary>
    public static string Capitalized(string text) =>
        text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..].ToLowerInvariant();

    /// <summary>The first letter of each word large.</summary>
    public static string Titled(string text) => string.Concat(text.Select((letter, index) =>
        index > 0 && char.IsLetter(text[index - 1]) ? char.ToLowerInvariant(letter) : char.ToUpperInvariant(letter)));

    private static object Any(CallValues call, Func<string, bool> holds) => call.Get(0, "prefix") is IReadOnlyList<object?> several
        ? several.OfType<TemplateText>().Any(part => holds(part.Value))
        : holds(call.Text(0, "prefix").Value);

    private static List<object?> Split(TemplateText text, CallValues call)
    {
        var most = call.Whole(1, "maxsplit", -1);
        if (call.Get(0, "sep") is null)
        {
            return Words(text, most);
        }

        var between = call.Text(0, "sep").Value;
        if (between.Length == 0)
        {
            throw call.Wrong("cannot split at nothing");
        }

        List<object?> parts = [];
        var done = 0;
        for (var at = Next(0); at >= 0 && most != 0; at = Next(done), most--)
        {
            parts.Add(text.Slice(done, at - done));
            done = at + between.Length;
        }

        parts.Add(text.Slice(done, text.Value.Length - done));
        return parts;

        int Next(int from) => text.Value.IndexOf(between, from, StringComparison.Ordinal);
    }

    private static List<object?> Words(TemplateText text, long most)
    {
        List<object?> words = [];
        for (var i = 0; i < text.Value.Length;)
        {
            if (char.IsWhiteSpace(text.Value[i]))
            {
                i++;
                continue;
            }

            var start = i;
            var rest = most == 0;
            while (i < text.Value.Length && (rest || !char.IsWhiteSpace(text.Value[i])))
            {
                i++;
            }

            words.Add(text.Slice(start, i - start));
            most--;
        }

        return words;
    }

    private static List<object?> Lines(TemplateText text)
    {
        List<object?> lines = [];
        var start = 0;
        foreach (var line in text.Value.AsSpan().EnumerateLines())
        {
            lines.Add(text.Slice(start, line.Length));
            start += line.Length;
            start += start + 1 < text.Value.Length && text.Value[start] == '\r' && text.Value[start + 1] == '\n' ? 2 : 1;
        }

        return lines is [.., TemplateText { Value: "" }] ? lines[..^1] : lines;
    }
}
