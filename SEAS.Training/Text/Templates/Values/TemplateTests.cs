namespace SEAS.Training.Text.Templates.Values;

/// <summary>The tests that public chat templates use: <c>value is name</c>.</summary>
internal static class TemplateTests
{
    private static readonly Dictionary<string, Func<object?, CallValues, bool>> s_known = new(StringComparer.Ordinal)
    {
        ["defined"] = (value, _) => value is not Undefined,
        ["undefined"] = (value, _) => value is Undefined,
        ["none"] = (value, _) => value is null,
        ["string"] = (value, _) => value is TemplateText,
        ["number"] = (value, _) => value is long or double or bool,
        ["integer"] = (value, _) => value is long,
        ["float"] = (value, _) => value is double,
        ["boolean"] = (value, _) => value is bool,
        ["true"] = (value, _) => value is true,
        ["false"] = (value, _) => value is false,
        ["mapping"] = (value, _) => value is Dictionary<string, object?>,
        ["sequence"] = (value, _) => value is TemplateText or IReadOnlyList<object?> or Dictionary<string, object?>,
        ["iterable"] = (value, _) => value is TemplateText or IReadOnlyList<object?> or Dictionary<string, object?> or Undefined,
        ["callable"] = (value, _) => value is TemplateFunction,
        ["even"] = (value, call) => Whole(value, call) % 2 == 0,
        ["odd"] = (value, call) => Whole(value, call) % 2 != 0,
        ["divisibleby"] = (value, call) => call.Whole(0, "num") is var by and not 0 && Whole(value, call) % by == 0,
        ["equalto"] = Equal,
        ["eq"] = Equal,
        ["ne"] = (value, call) => !Equal(value, call),
        ["in"] = (value, call) => Operators.Contains(call.Get(0, "seq"), value, call.Line),
    };

    /// <summary>Whether a test holds.</summary>
    public static bool Holds(string name, object? value, CallValues call)
    {
        if (!s_known.TryGetValue(name, out var test))
        {
            throw ChatTemplateException.At(call.Line, $"the test '{name}' is not known; known are {string.Join(", ", s_known.Keys)}");
        }

        var result = test(value, call);
        call.Done();
        return result;
    }

    private static bool Equal(object? value, CallValues call) => TemplateValues.AreEqual(value, call.Get(0, "other"));

    private static long Whole(object? value, CallValues call) => value is long number
        ? number
        : throw call.Wrong($"a whole number is expected and {TemplateValues.KindOf(value)} is found");
}
