using System.Buffers;
using System.Globalization;
using System.Text;

namespace SEAS.Training.Text.PreTokenizers;

/// <summary>What the patterns that cut words tell apart: <c>\p{L}</c>, <c>\p{N}</c>, <c>\s</c> and the rest.</summary>
internal enum CharacterKind : byte
{
    Other,
    Letter,
    Number,
    Space,
}

/// <summary>Reads kinds out of UTF-16.</summary>
/// <remarks>.NET's regular expressions see UTF-16 units, in which a letter beyond U+FFFF would count as two symbols; hence by
/// hand.</remarks>
internal static class CharacterKinds
{
    /// <summary>The kind of the character at a place, and how many UTF-16 units it has.</summary>
    public static CharacterKind At(ReadOnlySpan<char> text, int position, out int width)
    {
        var first = text[position];
        width = 1;
        if (char.IsAscii(first))
        {
            return char.IsAsciiLetter(first) ? CharacterKind.Letter
                : char.IsAsciiDigit(first) ? CharacterKind.Number
                : char.IsWhiteSpace(first) ? CharacterKind.Space
                : CharacterKind.Other;
        }

        if (Rune.DecodeFromUtf16(text[position..], out var rune, out width) != OperationStatus.Done)
        {
            return CharacterKind.Other;   // half a surrogate pair; it becomes U+FFFD
        }

        return Rune.IsWhiteSpace(rune) ? CharacterKind.Space : Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => CharacterKind.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => CharacterKind.Number,
            _ => CharacterKind.Other,
        };
    }

    /// <summary>Where a run of one kind ends, after at most <paramref name="most"/> characters.</summary>
    public static int EndOfRun(ReadOnlySpan<char> text, int position, CharacterKind kind, int most = int.MaxValue)
    {
        while (most-- > 0 && position < text.Length && At(text, position, out var width) == kind)
        {
            position += width;
        }

        return position;
    }
}
