namespace SEAS.Training.Text.PreTokenizers;

/// <summary>Cuts text into the pieces that byte-pair merges may not cross, as GPT-2 does.</summary>
/// <remarks>
/// The pattern is <c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c>.
/// </remarks>
internal static class Gpt2PreTokenizer
{
    /// <summary>Where the piece that starts at <paramref name="start"/> ends.</summary>
    public static int EndOf(ReadOnlySpan<char> text, int start)
    {
        if (text[start] == '\'' && Contraction(text[start..]) is var length and > 0)
        {
            return start + length;
        }

        var kind = CharacterKinds.At(text, start, out var width);
        var next = start + width;
        if (text[start] == ' ' && next < text.Length
            && CharacterKinds.At(text, next, out width) is var following and not CharacterKind.Space)
        {
            return CharacterKinds.EndOfRun(text, next + width, following);
        }

        var end = CharacterKinds.EndOfRun(text, next, kind);
        var leavesOne = kind == CharacterKind.Space && end < text.Length && end - start > 1;   // the last belongs to the next word
        return leavesOne ? end - 1 : end;
    }

    /// <summary>The same where every digit stands alone: digits are taken out first, and what lies between them is cut by itself.</summary>
    public static int EndOfWithSingleDigits(ReadOnlySpan<char> text, int start)
    {
        if (CharacterKinds.At(text, start, out var width) == CharacterKind.Number)
        {
            return start + width;
        }

        var digit = start;
        while (digit < text.Length && CharacterKinds.At(text, digit, out width) != CharacterKind.Number)
        {
            digit += width;
        }

        return EndOf(text[..digit], start);
    }

    private static int Contraction(ReadOnlySpan<char> text) => text switch
    {
        ['\'', 's' or 't' or 'm' or 'd', ..] => 2,
        ['\'', 'r' or 'v', 'e', ..] => 3,
        ['\'', 'l', 'l', ..] => 3,
        _ => 0,
    };
}
