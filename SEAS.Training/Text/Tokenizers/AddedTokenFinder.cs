using System.Globalization;
using System.Text;

namespace SEAS.Training.Text.Tokenizers;

/// <summary>A stretch of text: either one added token or plain text to be merged.</summary>
internal readonly record struct Stretch(int Start, int End, int? TokenId);

/// <summary>Finds added tokens in text as the library tokenizers does: the leftmost first, the longest of those that start together.</summary>
internal sealed class AddedTokenFinder
{
    private readonly ILookup<char, AddedToken> _byFirst;

    public AddedTokenFinder(IEnumerable<AddedToken> tokens) =>
        _byFirst = tokens.OrderByDescending(token => token.Content.Length).ToLookup(token => token.Content[0]);

    /// <summary>Whether there is nothing to find.</summary>
    public bool IsEmpty => _byFirst.Count == 0;

    /// <summary>The text in stretches, without empty ones.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isForeign">Whether any character between two places came from outside: no token that steers a model is found
    /// there. Null: nothing did.</param>
    public IEnumerable<Stretch> Split(string text, Func<int, int, bool>? isForeign = null)
    {
        var done = 0;
        for (var i = 0; i < text.Length && !IsEmpty; i++)
        {
            if (At(text, i, isForeign) is not { } token)
            {
                continue;
            }

            // What is found and does not stand alone is passed over as a whole, and nothing shorter is looked for in it.
            var (found, end) = (i, i + token.Content.Length);
            i = end - 1;
            if (token.SingleWord && !StandsAlone(text, found, end))
            {
                continue;
            }

            var start = token.StripsLeft ? BackOverSpace(text, found, done) : found;
            if (start > done)
            {
                yield return new Stretch(done, start, null);
            }

            done = token.StripsRight ? OverSpace(text, end) : end;
            yield return new Stretch(start, done, token.Id);
            i = done - 1;
        }

        if (done < text.Length)
        {
            yield return new Stretch(done, text.Length, null);
        }
    }

    private static bool IsWord(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        or UnicodeCategory.EnclosingMark or UnicodeCategory.ConnectorPunctuation || rune.Value is 0x200C or 0x200D;

    private static int OverSpace(string text, int position)
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }

        return position;
    }

    private static int BackOverSpace(string text, int position, int floor)
    {
        while (position > floor && char.IsWhiteSpace(text[position - 1]))
        {
            position--;
        }

        return position;
    }

    private static bool StandsAlone(string text, int start, int end)
    {
        _ = Rune.DecodeLastFromUtf16(text.AsSpan(0, start), out var before, out _);
        _ = Rune.DecodeFromUtf16(text.AsSpan(end), out var after, out _);
        return (start == 0 || !IsWord(before)) && (end == text.Length || !IsWord(after));
    }

    private AddedToken? At(string text, int position, Func<int, int, bool>? isForeign)
    {
        foreach (var token in _byFirst[text[position]])
        {
            if (text.AsSpan(position).StartsWith(token.Content, StringComparison.Ordinal)
                && !(token.Steers && isForeign?.Invoke(position, position + token.Content.Length) == true))
            {
                return token;
            }
        }

        return null;
    }
}
