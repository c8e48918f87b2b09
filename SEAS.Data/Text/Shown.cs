using System.Buffers;
using System.Globalization;
using System.Text;

namespace SEAS.Data.Text;

/// <summary>Texts from outside (files, models, servers, addresses) as messages, terminals and logs show them.</summary>
public static class Shown
{
    private const int Longest = 40;
    private const char Latin = (char)0xFF;   // the last letter that two digits can name

    // C0 without tab and line feed, delete and C1; Unicode's Bidi_Control and the deprecated marks behind it; line and paragraph separators.
    private static readonly SearchValues<char> s_hidden = SearchValues.Create(
        [.. Enumerable.Range(0, 0x2070).Select(code => (char)code).Where(letter =>
            (char.IsControl(letter) && letter is not ('\t' or '\n'))
            || letter is '\u061C' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u206F'))]);

    /// <summary>Whether a letter is not seen itself but acts: it moves the cursor, sets a title or a clipboard, or turns the order of letters round.</summary>
    /// <remarks>Tabs and line feeds are seen for what they are, so they do not count.</remarks>
    public static bool Acts(char letter) => s_hidden.Contains(letter);

    /// <summary>The text with every letter that acts written out: an escape as <c>\x1b</c>, a bidirectional mark as <c>\u202e</c>.</summary>
    /// <remarks>
    /// A carriage return before a line feed stays. JSON keeps its meaning: it holds controls in writing already, and marks as <c>\u202e</c> are
    /// the same text to its readers. A text that has these backslashes itself looks the same; who needs every letter asks a verb for JSON.
    /// </remarks>
    public static string Visibly(string text)
    {
        if (!text.AsSpan().ContainsAny(s_hidden))
        {
            return text;
        }

        using var written = new StringWriter(new StringBuilder(text.Length + 16), CultureInfo.InvariantCulture);
        WriteVisibly(text, written);
        return written.ToString();
    }

    /// <summary>Writes a text as <see cref="Visibly"/> has it.</summary>
    public static void WriteVisibly(ReadOnlySpan<char> text, TextWriter output)
    {
        while (text.IndexOfAny(s_hidden) is >= 0 and var at)
        {
            var endsLine = text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n';
            output.Write(text[..at]);
            output.Write(endsLine ? "\r" : Written(text[at]));
            text = text[(at + 1)..];
        }

        output.Write(text);
    }

    /// <summary>Its beginning, on one line.</summary>
    internal static string Shortly(string text)
    {
        var line = string.Concat(text.Take(Longest).Select(letter => char.IsControl(letter) || Acts(letter) ? ' ' : letter));
        line = line.Length > 0 && char.IsHighSurrogate(line[^1]) ? line[..^1] : line;
        return text.Length <= Longest ? line : line + "…";
    }

    private static string Written(char letter) => letter <= Latin
        ? string.Create(CultureInfo.InvariantCulture, $"\\x{(int)letter:x2}")
        : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
}
