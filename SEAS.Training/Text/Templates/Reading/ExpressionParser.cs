using System.Globalization;
using SEAS.Training.Text.Templates.Values;

namespace SEAS.Training.Text.Templates.Reading;

/// <summary>Reads expressions, the loosest binding first: if-else, or, and, not, comparison, sums, ~, products, signs, powers.</summary>
internal sealed class ExpressionParser(TokenReader tokens)
{
    private static readonly string[] s_comparisons = ["==", "!=", "<", ">", "<=", ">="];

    /// <summary>Any expression.</summary>
    public Expression Read() => tokens.Nested(() =>
    {
        var value = Or();
        while (tokens.Next.IsWord("if"))
        {
            var line = tokens.Take().Line;
            var when = Or();
            value = new Conditional(line, value, when, tokens.TakesWord("else") ? Read() : null);
        }

        return value;
    });

    /// <summary>An expression, or several with commas between them, which are a list.</summary>
    public Expression ReadList()
    {
        var (line, first) = (tokens.Line, Read());
        if (!tokens.Next.Is(","))
        {
            return first;
        }

        List<Expression> items = [first];
        while (tokens.Takes(","))
        {
            if (tokens.Next.Kind is TokenKind.Statement or TokenKind.Output || tokens.Next.Is(")"))
            {
                break;
            }

            items.Add(Read());
        }

        return new ListOf(line, items);
    }

    /// <summary>An expression that ends before an <c>if</c>: what a loop goes over.</summary>
    public Expression ReadBeforeIf() => tokens.Nested(Or);

    private Expression Or() => LeftToRight(And, () => tokens.Next.IsWord("or") ? tokens.Take().Text : null);

    private Expression And() => LeftToRight(Not, () => tokens.Next.IsWord("and") ? tokens.Take().Text : null);

    private Expression Not() => tokens.Next.IsWord("not")
        ? new Unary(tokens.Take().Line, "not", tokens.Nested(Not))
        : LeftToRight(Sum, Comparison);

    private string? Comparison()
    {
        if (tokens.Next.Kind == TokenKind.Operator && s_comparisons.Contains(tokens.Next.Text))
        {
            return tokens.Take().Text;
        }

        if (tokens.Next.IsWord("not") && tokens.After.IsWord("in"))
        {
            tokens.Take();
            tokens.Take();
            return "not in";
        }

        return tokens.Next.IsWord("in") ? tokens.Take().Text : null;
    }

    private Expression Sum() => LeftToRight(Joined, () => tokens.Next.Is("+") || tokens.Next.Is("-") ? tokens.Take().Text : null);

    private Expression Joined() => LeftToRight(Product, () => tokens.Next.Is("~") ? tokens.Take().Text : null);

    private Expression Product() => LeftToRight(
        Signed, () => tokens.Next is { Kind: TokenKind.Operator, Text: "*" or "/" or "//" or "%" } ? tokens.Take().Text : null);

    private Expression LeftToRight(Func<Expression> part, Func<string?> between)
    {
        var left = part();
        for (var line = tokens.Line; between() is { } symbol; line = tokens.Line)
        {
            left = new Binary(line, symbol, left, part());
        }

        return left;
    }

    private Expression Signed() => Filters(Bare());

    private Expression Bare()
    {
        if (tokens.Next.Is("-") || tokens.Next.Is("+"))
        {
            var sign = tokens.Take();
            return new Unary(sign.Line, sign.Text, tokens.Nested(Bare));
        }

        var value = Postfix(Primary());
        return tokens.Next.Is("**") ? new Binary(tokens.Take().Line, "**", value, tokens.Nested(Bare)) : value;
    }

    private Expression Filters(Expression value)
    {
        while (true)
        {
            var line = tokens.Line;
            if (tokens.Takes("|"))
            {
                var name = tokens.Name();
                value = new Filtered(line, value, name, tokens.Next.Is("(") ? CallArguments() : Arguments.None);
            }
            else if (tokens.TakesWord("is"))
            {
                var negated = tokens.TakesWord("not");
                var name = tokens.Name();
                value = new Tested(line, value, name, TestArguments(), negated);
            }
            else
            {
                return value;
            }

            value = Postfix(value);
        }
    }

    // A test's argument may stand behind it without brackets: `x is divisibleby 3`.
    private Arguments TestArguments()
    {
        var next = tokens.Next;
        if (next.Is("("))
        {
            return CallArguments();
        }

        var hasOne = next.Kind is TokenKind.Text or TokenKind.Integer or TokenKind.Float || next.Is("[") || next.Is("{")
            || (next.Kind == TokenKind.Name && next.Text is not ("and" or "or" or "else" or "if" or "is" or "not" or "in"));
        return hasOne ? new Arguments([Postfix(Primary())], []) : Arguments.None;
    }

    private Expression Postfix(Expression value)
    {
        while (true)
        {
            var line = tokens.Line;
            if (tokens.Takes("."))
            {
                value = tokens.Next.Kind == TokenKind.Integer
                    ? new ItemAt(line, value, Primary())
                    : new Member(line, value, tokens.Name());
            }
            else if (tokens.Takes("["))
            {
                value = tokens.Nested(() => Subscript(line, value));
            }
            else if (tokens.Next.Is("("))
            {
                value = new Call(line, value, CallArguments());
            }
            else
            {
                return value;
            }
        }
    }

    private Expression Subscript(int line, Expression value)
    {
        Expression?[] parts = [null, null, null];
        var part = 0;
        while (!tokens.Next.Is("]"))
        {
            if (!tokens.Takes(":"))
            {
                parts[part] = Read();
            }
            else if (++part == parts.Length)
            {
                throw tokens.Wrong("']'");
            }
        }

        tokens.Take();
        return part > 0 ? new SliceOf(line, value, parts[0], parts[1], parts[2])
            : parts[0] is { } key ? new ItemAt(line, value, key)
            : throw ChatTemplateException.At(line, "nothing stands between '[' and ']'");
    }

    private Arguments CallArguments() => tokens.Nested(() =>
    {
        tokens.Expect("(");
        List<Expression> inOrder = [];
        List<(string, Expression)> named = [];
        while (!tokens.Takes(")"))
        {
            if (tokens.Next.Kind == TokenKind.Name && tokens.After.Is("="))
            {
                var name = tokens.Name();
                tokens.Take();
                named.Add((name, Read()));
            }
            else
            {
                inOrder.Add(Read());
            }

            if (!tokens.Next.Is(")"))
            {
                tokens.Expect(",");
            }
        }

        return new Arguments(inOrder, named);
    });

    private Expression Primary()
    {
        var token = tokens.Next;
        switch (token.Kind)
        {
            case TokenKind.Name:
                tokens.Take();
                return token.Text switch
                {
                    "true" or "True" => new Constant(token.Line, true),
                    "false" or "False" => new Constant(token.Line, false),
                    "none" or "None" => new Constant(token.Line, null),
                    _ => new Variable(token.Line, token.Text),
                };
            case TokenKind.Text:
                var text = tokens.Take().Text;
                while (tokens.Next.Kind == TokenKind.Text)
                {
                    text += tokens.Take().Text;   // texts side by side are one, as in Python
                }

                return new Constant(token.Line, TemplateText.Own(text));
            case TokenKind.Integer when long.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                tokens.Take();
                return new Constant(token.Line, number);
            case TokenKind.Float:
                return new Constant(token.Line, double.Parse(tokens.Take().Text, CultureInfo.InvariantCulture));
            default:
                return tokens.Nested(Bracketed);
        }
    }

    private Expression Bracketed()
    {
        var line = tokens.Line;
        if (tokens.Takes("("))
        {
            if (tokens.Takes(")"))
            {
                return new ListOf(line, []);
            }

            var inner = ReadList();
            tokens.Expect(")");
            return inner;
        }

        if (tokens.Takes("["))
        {
            return new ListOf(line, Items("]", Read));
        }

        if (tokens.Takes("{"))
        {
            return new MappingOf(line, Items("}", () =>
            {
                var key = Read();
                tokens.Expect(":");
                return (key, Read());
            }));
        }

        throw tokens.Wrong("a value");
    }

    private List<T> Items<T>(string close, Func<T> read)
    {
        List<T> items = [];
        while (!tokens.Takes(close))
        {
            items.Add(read());
            if (!tokens.Next.Is(close))
            {
                tokens.Expect(",");
            }
        }

        return items;
    }
}
