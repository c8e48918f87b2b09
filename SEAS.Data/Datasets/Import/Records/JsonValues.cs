using System.Buffers;
using System.Text;
using SEAS.Data.Datasets.Import.Sources;

namespace SEAS.Data.Datasets.Import.Records;

/// <summary>Cuts a text into its JSON values, one at a time: the elements of an array, or values that follow each other.</summary>
/// <remarks>It only counts brackets and minds strings; whether a piece is JSON is for the parser to say.</remarks>
internal sealed class JsonValues(CheckedText text)
{
    private static readonly SearchValues<char> s_signs = SearchValues.Create("\"{}[],\\");
    private static readonly SearchValues<char> s_inString = SearchValues.Create("\"\\");

    private readonly StringBuilder _value = new();

    /// <summary>The elements of the array that begins the text.</summary>
    public IEnumerable<string> Elements()
    {
        SkipBlanks();
        _ = text.Read();   // the bracket that the format was told by
        for (var isFirst = true; ; isFirst = false)
        {
            SkipBlanks();
            if (isFirst && text.Peek() == ']')
            {
                _ = text.Read();
                break;
            }

            var (value, end) = Next(isElement: true);
            yield return value;
            if (end == ']')
            {
                break;
            }

            if (end is null)
            {
                throw new SourceFault(
                    "an array that is closed", "the file's end within it, as if it were cut short", "Get the file again.");
            }
        }

        SkipBlanks();
        if (text.Peek() >= 0)
        {
            throw new SourceFault("nothing after the array's end", $"'{(char)text.Peek()}'", "Take out what follows the last bracket.");
        }
    }

    /// <summary>The values that follow each other, with or without blanks between them.</summary>
    public IEnumerable<string> Sequence()
    {
        for (SkipBlanks(); text.Peek() >= 0; SkipBlanks())
        {
            yield return Next(isElement: false).Value;
        }
    }

    /// <summary>A value, and the comma or bracket after it that belongs to the array around; null at the file's end.</summary>
    private (string Value, char? End) Next(bool isElement)
    {
        _value.Clear();
        var (depth, inString) = (0, false);
        for (var ahead = text.Ahead(); !ahead.IsEmpty; ahead = text.Ahead())
        {
            var at = ahead.IndexOfAny(inString ? s_inString : s_signs);
            if (at < 0)
            {
                Keep(ahead.Length);
                continue;
            }

            var sign = ahead[at];
            if (isElement && !inString && depth == 0 && sign is (',' or ']'))
            {
                Keep(at);
                text.Take(1);
                return (_value.ToString(), sign);
            }

            Keep(at + 1);
            if (sign == '\\')
            {
                Keep(Math.Min(1, text.Ahead().Length));
            }
            else if (sign == '"')
            {
                inString = !inString;
            }
            else
            {
                depth += sign is '{' or '[' ? 1 : sign is '}' or ']' ? -1 : 0;
                if (!isElement && depth <= 0)
                {
                    break;
                }
            }
        }

        return (_value.ToString(), null);
    }

    private void Keep(int letters)
    {
        if (_value.Length + letters > CheckedText.LongestLine)
        {
            throw CheckedText.TooLong("value");
        }

        _value.Append(text.Ahead()[..letters]);
        text.Take(letters);
    }

    private void SkipBlanks()
    {
        while (text.Peek() is ' ' or '\t' or '\n' or '\r')
        {
            text.Take(1);
        }
    }
}
