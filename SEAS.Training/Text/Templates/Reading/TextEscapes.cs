using System.Globalization;
using System.Text;
using SEAS.Training.Text.Templates.Values;

namespace SEAS.Training.Text.Templates.Reading;

/// <summary>What stands behind a backslash in a text: Python's escapes, which Jinja takes over.</summary>
internal static class TextEscapes
{
    /// <summary>The characters that an escape stands for.</summary>
    /// <param name="source">The template.</param>
    /// <param name="at">Where the letter behind the backslash stands; afterwards, where the escape ends.</param>
    /// <param name="line">For messages.</param>
    /// <exception cref="ChatTemplateException">The escape names no character.</exception>
    public static string Read(string source, ref int at, int line)
    {
        switch (source[at])
        {
            case '\n':
                return string.Empty;   // the text goes on in the next line
            case 'a':
                return "\a";
            case 'b':
                return "\b";
            case 'f':
                return "\f";
            case 'n':
                return "\n";
            case 'r':
                return "\r";
            case 't':
                return "\t";
            case 'v':
                return "\v";
            case 'x':
                return Hexadecimal(source, ref at, 2, line);
            case 'u':
                return Hexadecimal(source, ref at, 4, line);
            case 'U':
                return Hexadecimal(source, ref at, 8, line);
            case 'N':
                throw ChatTemplateException.At(line, "characters by their names (\\N{…}) are not known; write \\uXXXX");
            case >= '0' and <= '7':
                return Octal(source, ref at);
            case '\\' or '\'' or '"':
                return source[at].ToString();
            default:
                return "\\" + source[at];   // Python leaves what is no escape as it is
        }
    }

    private static string Hexadecimal(string source, ref int at, int digits, int line)
    {
        var from = at + 1;
        if (from + digits > source.Length || !uint.TryParse(
                source.AsSpan(from, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            || value > 0x10FFFF)
        {
            throw ChatTemplateException.At(line, $"the escape '\\{source[at]}' should be followed by {digits} hexadecimal digits of a character");
        }

        at += digits;
        return Rune.IsValid(value) ? new Rune(value).ToString() : ((char)value).ToString();   // a lone half of a pair is a character to Python
    }

    private static string Octal(string source, ref int at)
    {
        var value = source[at] - '0';
        for (var more = 0; more < 2 && at + 1 < source.Length && source[at + 1] is >= '0' and <= '7'; more++)
        {
            value = (value * 8) + source[++at] - '0';
        }

        return ((char)value).ToString();
    }
}
