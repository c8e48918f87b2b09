using System.Globalization;

namespace SEAS.Training.Text.Templates.Values;

/// <summary>The filters that public chat templates use: <c>value | name(…)</c>.</summary>
internal static class TemplateFilters
{
    private static readonly Dictionary<string, Func<object?, CallValues, object?>> s_known = new(StringComparer.Ordinal)
    {
        ["trim"] = (value, call) => TextMethods.Trim(Text(value, call), call, Sides.Both),
        ["length"] = Length,
        ["count"] = Length,
        ["lower"] = (value, call) => Text(value, call).Changed(text => text.ToLowerInvariant()),
        ["upper"] = (value, call) => Text(value, call).Changed(text => text.ToUpperInvariant()),
        ["capitalize"] = (value, call) => Text(value, call).Changed(TextMethods.Capitalized),
        ["title"] = (value, call) => Text(value, call).Changed(Headline),
        ["replace"] = (value, call) => TextMethods.Replace(Text(value, call), call),
        ["string"] = (value, _) => TemplateValues.Written(value),
        ["safe"] = (value, _) => value,
        ["int"] = Whole,
        ["tojson"] = TemplateJson.Write,
        ["default"] = Default,
        ["d"] = Default,
        ["list"] = (value, call) => Items(value, call),
        ["first"] = (value, call) => Items(value, call) is [var first, ..] ? first : new Undefined("first"),
        ["last"] = (value, call) => Items(value, call) is [.., var last] ? last : new Undefined("last"),
        ["reverse"] = (value, call) => value is TemplateText text
            ? TemplateText.Concat([.. Enumerable.Range(1, text.Value.Length).Select(back => text.Slice(text.Value.Length - back, 1))])
            : Items(value, call).Reverse().ToList(),
        ["join"] = Join,
        ["items"] = (value, call) => value is Dictionary<string, object?> mapping ? MappingMethods.Items(mapping) : Refused(value, call),
        ["map"] = Map,
        ["selectattr"] = (value, call) => Select(value, call, wanted: true),
        ["rejectattr"] = (value, call) => Select(value, call, wanted: false),
        ["indent"] = Indent,
    };

    /// <summary>Applies a filter.</summary>
    public static object? Apply(string name, object? value, CallValues call)
    {
        if (!s_known.TryGetValue(name, out var filter))
        {
            throw ChatTemplateException.At(call.Line, $"the filter '{name}' is not known; known are {string.Join(", ", s_known.Keys)}");
        }

        var result = filter(value, call);
        call.Done();
        return result;
    }

    /// <summary>The items of a list, the letters of a text, the keys of a mapping.</summary>
    public static IReadOnlyList<object?> Items(object? value, CallValues call) => value switch
    {
        IReadOnlyList<object?> list => list,
        TemplateText text => [.. Enumerable.Range(0, text.Value.Length).Select(i => text.Slice(i, 1))],
        Dictionary<string, object?> mapping => [.. mapping.Keys.Select(TemplateText.Own)],
        Undefined => [],
        _ => throw call.Wrong($"{TemplateValues.KindOf(value)} has no items"),
    };

    private static TemplateText Text(object? value, CallValues call) => value switch
    {
        TemplateText or long or double or bool or Undefined => TemplateValues.Written(value),
        _ => throw call.Wrong($"a text is expected and {TemplateValues.KindOf(value)} is found"),
    };

    private static object Refused(object? value, CallValues call) =>
        throw call.Wrong($"does not work on {TemplateValues.KindOf(value)}");

    private static object Length(object? value, CallValues call) => value switch
    {
        TemplateText text => (long)text.Value.Length,
        IReadOnlyList<object?> list => (long)list.Count,
        Dictionary<string, object?> mapping => (long)mapping.Count,
        Undefined => 0L,
        _ => Refused(value, call),
    };

    // What is no number is the default, as in Jinja; "3.7" is 3.
    private static object Whole(object? value, CallValues call)
    {
        var standard = call.Whole(0, "default", 0);
        return value switch
        {
            TemplateText text when long.TryParse(text.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
            TemplateText text when double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && Math.Abs(number) < long.MaxValue => (long)Math.Truncate(number),
            long number => number,
            _ when TemplateValues.Number(value) is { } number => (long)Math.Truncate(number),
            _ => standard,
        };
    }

    // Jinja's words begin behind white space, hyphens and opening brackets; Python's own method, at every letter behind none.
    private static string Headline(string text)
    {
        var result = text.ToCharArray();
        var begins = true;
        for (var i = 0; i < result.Length; i++)
        {
            var parts = result[i] is '-' or '(' or '{' or '[' or '<' || char.IsWhiteSpace(result[i]);
            result[i] = begins ? char.ToUpperInvariant(result[i]) : char.ToLowerInvariant(result[i]);
            begins = parts;
        }

        return new string(result);
    }

    private static object? Default(object? value, CallValues call)
    {
        var standard = call.Get(0, "default_value", TemplateText.Empty);
        var alsoFalse = TemplateValues.IsTrue(call.Get(1, "boolean", false));
        return value is Undefined || (alsoFalse && !TemplateValues.IsTrue(value)) ? standard : value;
    }

    private static TemplateText Join(object? value, CallValues call)
    {
        var between = call.Text(0, "d", string.Empty);
        List<TemplateText> parts = [];
        foreach (var item in Items(value, call))
        {
            if (parts.Count > 0)
            {
                parts.Add(between);
            }

            parts.Add(TemplateValues.Written(item));
        }

        return TemplateText.Concat(parts);
    }

    private static List<object?> Map(object? value, CallValues call)
    {
        if (call.Get(0, "filter") is TemplateText name)
        {
            return [.. Items(value, call).Select(item => Apply(
                name.Value, item, new CallValues($"the filter '{name}'", call.Line, [], new Dictionary<string, object?>())))];
        }

        var attribute = call.Text(0, "attribute").Value;
        return [.. Items(value, call).Select(item => Attribute(item, attribute))];
    }

    private static List<object?> Select(object? value, CallValues call, bool wanted)
    {
        var attribute = call.Text(0, "attribute").Value;
        var test = call.InOrder.Count > 1 ? call.Text(1, "test").Value : null;
        var rest = call.InOrder.Skip(2).ToList();
        for (var i = 0; i < rest.Count; i++)
        {
            call.Get(i + 2, "argument");
        }

        return [.. Items(value, call).Where(item => wanted == (test is null
            ? TemplateValues.IsTrue(Attribute(item, attribute))
            : TemplateTests.Holds(test, Attribute(item, attribute),
                new CallValues($"the test '{test}'", call.Line, rest, new Dictionary<string, object?>()))))];
    }

    private static object? Attribute(object? item, string name) => item switch
    {
        Dictionary<string, object?> mapping when mapping.TryGetValue(name, out var value) => value,
        TemplateNamespace space when space.Members.TryGetValue(name, out var value) => value,
        _ => new Undefined(name),
    };

    private static TemplateText Indent(object? value, CallValues call)
    {
        var width = call.Get(0, "width", 4L) switch
        {
            long number and >= 0 and <= 100 => TemplateText.Own(new string(' ', (int)number)),
            TemplateText text => text,
            _ => throw call.Wrong("'width' should be 0 to 100 or a text"),
        };
        var (first, blank) = (TemplateValues.IsTrue(call.Get(1, "first", false)), TemplateValues.IsTrue(call.Get(2, "blank", false)));
        return Text(value, call).Changed(text => string.Join('\n', text.Split('\n')
            .Select((line, index) => (index > 0 || first) && (blank || line.Length > 0) ? width.Value + line : line)));
    }
}
