namespace SEAS.Training.Text.Templates.Values;

/// <summary>Operators with two sides.</summary>
internal static class Operators
{
    /// <summary>The value of an operator; <c>and</c> and <c>or</c> are not among them, for they may leave one side alone.</summary>
    public static object? Apply(string symbol, object? left, object? right, int line) => symbol switch
    {
        "==" => TemplateValues.AreEqual(left, right),
        "!=" => !TemplateValues.AreEqual(left, right),
        "<" => Order(symbol, left, right, line) < 0,
        ">" => Order(symbol, left, right, line) > 0,
        "<=" => Order(symbol, left, right, line) <= 0,
        ">=" => Order(symbol, left, right, line) >= 0,
        "in" => Contains(right, left, line),
        "not in" => !Contains(right, left, line),
        "~" => TemplateText.Concat([TemplateValues.Written(left), TemplateValues.Written(right)]),
        "+" when (left, right) is (TemplateText a, TemplateText b) => TemplateText.Concat([a, b]),
        "+" when (left, right) is (IReadOnlyList<object?> a, IReadOnlyList<object?> b) => a.Concat(b).ToList(),
        _ => Calculate(symbol, left, right, line),
    };

    /// <summary>Python's <c>in</c>.</summary>
    public static bool Contains(object? whole, object? part, int line) => (whole, part) switch
    {
        (TemplateText text, TemplateText piece) => text.Value.Contains(piece.Value, StringComparison.Ordinal),
        (IReadOnlyList<object?> list, _) => list.Any(item => TemplateValues.AreEqual(item, part)),
        (Dictionary<string, object?> mapping, TemplateText key) => mapping.ContainsKey(key.Value),
        (Dictionary<string, object?>, _) or (Undefined, _) => false,
        _ => throw Wrong("in", part, whole, line),
    };

    private static int Order(string symbol, object? left, object? right, int line) =>
        TemplateValues.Compare(left, right) ?? throw Wrong(symbol, left, right, line);

    private static object Calculate(string symbol, object? left, object? right, int line)
    {
        if (left is long a && right is long b)
        {
            try
            {
                return Whole(symbol, a, b, line) ?? Real(symbol, a, b, line);
            }
            catch (OverflowException)
            {
                throw ChatTemplateException.At(line, $"{a} {symbol} {b} is too large");
            }
        }

        return TemplateValues.Number(left) is { } x && TemplateValues.Number(right) is { } y
            ? Real(symbol, x, y, line)
            : throw Wrong(symbol, left, right, line);
    }

    // Python rounds whole divisions down, so that the remainder has the divisor's sign.
    private static object? Whole(string symbol, long a, long b, int line) => symbol switch
    {
        "+" => checked(a + b),
        "-" => checked(a - b),
        "*" => checked(a * b),
        "//" when b != 0 => (a / b) - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0),
        "%" when b != 0 => ((a % b) + b) % b,
        "//" or "%" or "/" when b == 0 => throw ChatTemplateException.At(line, $"{a} {symbol} 0 has no value"),
        "**" when b is >= 0 and <= 64 => Enumerable.Repeat(a, (int)b).Aggregate(1L, (product, factor) => checked(product * factor)),
        _ => null,
    };

    private static double Real(string symbol, double a, double b, int line) => symbol switch
    {
        "+" => a + b,
        "-" => a - b,
        "*" => a * b,
        "/" or "//" or "%" when Math.Abs(b) <= 0 => throw ChatTemplateException.At(line, $"{a} {symbol} 0 has no value"),
        "/" => a / b,
        "//" => Math.Floor(a / b),
        "%" => a - (b * Math.Floor(a / b)),
        "**" => Math.Pow(a, b),
        _ => throw ChatTemplateException.At(line, $"the operator '{symbol}' is not known"),
    };

    private static ChatTemplateException Wrong(string symbol, object? left, object? right, int line) => ChatTemplateException.At(
        line, $"'{symbol}' does not work between {TemplateValues.KindOf(left)} and {TemplateValues.KindOf(right)}");
}
