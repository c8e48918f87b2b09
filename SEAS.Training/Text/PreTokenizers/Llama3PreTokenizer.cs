namespace SEAS.Training.Text.PreTokenizers;

/// <summary>Cuts text into the pieces that byte-pair merges may not cross, as Llama 3 and Qwen2 do.</summary>
/// <remarks>
/// The pattern, with at most three digits together for Llama 3 and one for Qwen2:
/// <code>
/// (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
/// </code>
/// </remarks>
internal static class Llama3PreTokenizer
{
    /// <summary>Where the piece that starts at <paramref name="start"/> ends.</summary>
    public static int EndOf(ReadOnlySpan<char> text, int start, int digits)
    {
        if (text[start] == '\'' && Contraction(text[start..]) is var length and > 0)
        {
            return start + length;
        }

        var kind = CharacterKinds.At(text, start, out var width);
        var next = start + width;
        if (kind == CharacterKind.Letter)
        {
            return CharacterKinds.EndOfRun(text, next, CharacterKind.Letter);
        }

        if (kind == CharacterKind.Number)
        {
            return CharacterKinds.EndOfRun(text, next, CharacterKind.Number, digits - 1);
        }

        var following = next < text.Length ? CharacterKinds.At(text, next, out _) : CharacterKind.Space;
        if (following == CharacterKind.Letter && !IsBreak(text[start]))
        {
            return CharacterKinds.EndOfRun(text, next, CharacterKind.Letter);
        }

        if (kind == CharacterKind.Other || (text[start] == ' ' && following == CharacterKind.Other))
        {
            return AfterBreaks(text, CharacterKinds.EndOfRun(text, next, CharacterKind.Other));
        }

        return EndOfSpaces(text, start);
    }

    // `\s*[\r\n]+` takes as many spaces as it can and still end with breaks: up to the last break of the run.
    private static int EndOfSpaces(ReadOnlySpan<char> text, int start)
    {
        var end = CharacterKinds.EndOfRun(text, start, CharacterKind.Space);
        var lastBreak = text[start..end].LastIndexOfAny('\r', '\n');
        if (lastBreak >= 0)
        {
            return start + lastBreak + 1;
        }

        return end < text.Length && end - start > 1 ? end - 1 : end;   // the last belongs to the next word
    }

    private static int AfterBreaks(ReadOnlySpan<char> text, int position)
    {
        while (position < text.Length && IsBreak(text[position]))
        {
            position++;
        }

        return position;
    }

    private static bool IsBreak(char character) => character is '\r' or '\n';

    // Without regard to case; the long s counts as one.
    private static int Contraction(ReadOnlySpan<char> text) => text switch
    {
        ['\'', 's' or 'S' or 'ſ' or 't' or 'T' or 'm' or 'M' or 'd' or 'D', ..] => 2,
        ['\'', 'r' or 'R' or 'v' or 'V', 'e' or 'E', ..] => 3,
        ['\'', 'l' or 'L', 'l' or 'L', ..] => 3,
        _ => 0,
    };
}
