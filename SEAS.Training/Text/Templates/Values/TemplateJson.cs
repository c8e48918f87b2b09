using System.Globalization;
using System.Text;

namespace SEAS.Training.Text.Templates.Values;

/// <summary>The filter <c>tojson</c> as Hugging Face defines it: Python's <c>json.dumps</c>, which leaves what is not ASCII as it is.
/// </summary>
internal static class TemplateJson
{
    /// <summary>A value as JSON. Foreign as a whole if anything in it is, so that no message can spell a mark.</summary>
    public static object? Write(object? value, CallValues call)
    {
        var indent = call.Get(0, "indent") is null ? (long?)null : call.Whole(0, "indent");
        if (indent is < 0 or > 16)
        {
            throw call.Wrong("'indent' should be 0 to 16");
        }

        var (text, foreign) = (new StringBuilder(), false);
        Add(value, depth: 0);
        return foreign ? TemplateText.Foreign(text.ToString()) : TemplateText.Own(text.ToString());

        void Add(object? inner, int depth)
        {
            switch (inner)
            {
                case TemplateText content:
                    foreign |= content.IsForeign(0, content.Value.Length);
                    AddText(text, content.Value);
                    break;
                case IReadOnlyList<object?> list:
                    Between('[', ']', list, depth, item => Add(item, depth + 1));
                    break;
                case Dictionary<string, object?> mapping:
                    Between('{', '}', mapping, depth, pair =>
                    {
                        AddText(text, pair.Key);
                        text.Append(": ");
                        Add(pair.Value, depth + 1);
                    });
                    break;
                case null:
                    text.Append("null");
                    break;
                case bool truth:
                    text.Append(truth ? "true" : "false");
                    break;
                case long or double:
                    text.Append(TemplateValues.Written(inner).Value);
                    break;
                default:
                    throw call.Wrong($"cannot write {TemplateValues.KindOf(inner)}");
            }
        }

        void Between<T>(char open, char close, IEnumerable<T> items, int depth, Action<T> add)
        {
            text.Append(open);
            var any = false;
            foreach (var item in items)
            {
                text.Append(any ? indent is null ? ", " : "," : string.Empty);
                NewLine(depth + 1);
                add(item);
                any = true;
            }

            if (any)
            {
                NewLine(depth);
            }

            text.Append(close);
        }

        void NewLine(int depth)
        {
            if (indent is { } width)
            {
                text.Append('\n').Append(' ', (int)width * depth);
            }
        }
    }

    private static void AddText(StringBuilder text, string content)
    {
        text.Append('"');
        foreach (var letter in content)
        {
            text.Append(letter switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                < ' ' => "\\u" + ((int)letter).ToString("x4", CultureInfo.InvariantCulture),
                _ => letter.ToString(),
            });
        }

        text.Append('"');
    }
}
