using System.Globalization;
using System.Text;

namespace SEAS.Training.Text.Templates.Values;

/// <summary>What the values of templates are and how they compare, as in Python.</summary>
/// <remarks>
/// A value is null (None), <see cref="Undefined"/>, a bool, long, double, <see cref="TemplateText"/>, a list
/// (<c>IReadOnlyList&lt;object?&gt;</c>), a mapping (<c>Dictionary&lt;string, object?&gt;</c>), a <see cref="TemplateNamespace"/> or a
/// <see cref="TemplateFunction"/>.
/// </remarks>
internal static class TemplateValues
{
    /// <summary>Python's truth of a value.</summary>
    public static bool IsTrue(object? value) => value switch
    {
        null or Undefined => false,
        bool truth => truth,
        long number => number != 0,
        double number => number != 0,
        TemplateText text => text.Value.Length > 0,
        IReadOnlyList<object?> list => list.Count > 0,
        Dictionary<string, object?> mapping => mapping.Count > 0,
        _ => true,
    };

    /// <summary>Python's <c>==</c>.</summary>
    public static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (TemplateText a, TemplateText b) => string.Equals(a.Value, b.Value, StringComparison.Ordinal),
        (IReadOnlyList<object?> a, IReadOnlyList<object?> b) =>
            a.Count == b.Count && a.Zip(b).All(pair => AreEqual(pair.First, pair.Second)),
        (Dictionary<string, object?> a, Dictionary<string, object?> b) =>
            a.Count == b.Count && a.All(pair => b.TryGetValue(pair.Key, out var other) && AreEqual(pair.Value, other)),
        (Undefined, Undefined) => true,
        (null, null) => true,
        _ when Number(left) is { } a && Number(right) is { } b => a.Equals(b),
        _ => ReferenceEquals(left, right),
    };

    /// <summary>A number, or a truth value as one; null for anything else.</summary>
    public static double? Number(object? value) => value switch
    {
        bool truth => truth ? 1 : 0,
        long number => number,
        double number => number,
        _ => null,
    };

    /// <summary>The order of two numbers or two texts; null where Python knows none.</summary>
    public static int? Compare(object? left, object? right) => (left, right) switch
    {
        (TemplateText a, TemplateText b) => string.CompareOrdinal(a.Value, b.Value),
        _ when Number(left) is { } a && Number(right) is { } b => a.CompareTo(b),
        _ => null,
    };

    /// <summary>The value as it is written into the text.</summary>
    public static TemplateText Written(object? value) => value switch
    {
        TemplateText text => text,
        Undefined => TemplateText.Empty,
        IReadOnlyList<object?> or Dictionary<string, object?> => Shown(value),
        _ => TemplateText.Own(Plain(value)),
    };

    /// <summary>What errors call the value.</summary>
    public static string KindOf(object? value) => value switch
    {
        null => "none",
        Undefined missing => $"the undefined '{missing.Name}'",
        bool => "a truth value",
        long or double => "a number",
        TemplateText => "a text",
        IReadOnlyList<object?> => "a list",
        Dictionary<string, object?> => "a mapping",
        TemplateFunction function => $"the function '{function.Name}'",
        _ => "a namespace",
    };

    private static string Plain(object? value) => value switch
    {
        null => "None",
        bool truth => truth ? "True" : "False",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number when double.IsInteger(number) && Math.Abs(number) < 1e16 => number.ToString("0.0", CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => throw new ChatTemplateException($"The chat template writes {KindOf(value)}, which is no text."),
    };

    // Python's repr: lists and mappings show their texts in quotes.
    private static TemplateText Shown(object? value)
    {
        List<TemplateText> parts = [];
        Show(value);
        return TemplateText.Concat(parts);

        void Show(object? inner)
        {
            switch (inner)
            {
                case TemplateText text:
                    parts.Add(text.Changed(Quoted));
                    break;
                case IReadOnlyList<object?> list:
                    Between("[", "]", list, Show);
                    break;
                case Dictionary<string, object?> mapping:
                    Between("{", "}", mapping, pair =>
                    {
                        parts.Add(TemplateText.Own(Quoted(pair.Key) + ": "));
                        Show(pair.Value);
                    });
                    break;
                default:
                    parts.Add(TemplateText.Own(Plain(inner)));
                    break;
            }
        }

        void Between<T>(string open, string close, IEnumerable<T> items, Action<T> show)
        {
            var separator = open;
            foreach (var item in items)
            {
                parts.Add(TemplateText.Own(separator));
                show(item);
                separator = ", ";
            }

            parts.Add(TemplateText.Own(separator == open ? open + close : close));
        }
    }

    private static string Quoted(string text)
    {
        var quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        var written = new StringBuilder().Append(quote);
        foreach (var letter in text)
        {
            written.Append(letter switch
            {
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\\' => "\\\\",
                _ when letter == quote => "\\" + letter,
                _ => letter.ToString(),
            });
        }

        return written.Append(quote).ToString();
    }
}

/// <summary>A variable, member or item that is not there. It is false and writes nothing; nothing else can be done with it.</summary>
internal sealed record Undefined(string Name);

/// <summary>What <c>namespace(…)</c> makes: the one thing whose members a template may change.</summary>
internal sealed class TemplateNamespace
{
    /// <summary>Its members.</summary>
    public Dictionary<string, object?> Members { get; } = new(StringComparer.Ordinal);
}

/// <summary>Something that can be called.</summary>
internal sealed record TemplateFunction(string Name, Func<CallValues, object?> Invoke);
