namespace SEAS.Training.Text.Templates.Reading;

/// <summary>Something that has a value.</summary>
/// <param name="Line">Where it stands, from 1.</param>
internal abstract record Expression(int Line);

/// <summary>A value written out.</summary>
internal sealed record Constant(int Line, object? Value) : Expression(Line);

/// <summary><c>[a, b]</c>, and tuples, which nothing here needs to tell apart.</summary>
internal sealed record ListOf(int Line, IReadOnlyList<Expression> Items) : Expression(Line);

/// <summary><c>{"a": b}</c>.</summary>
internal sealed record MappingOf(int Line, IReadOnlyList<(Expression Key, Expression Value)> Items) : Expression(Line);

/// <summary>A variable.</summary>
internal sealed record Variable(int Line, string Name) : Expression(Line);

/// <summary><c>a.b</c>.</summary>
internal sealed record Member(int Line, Expression Of, string Name) : Expression(Line);

/// <summary><c>a[b]</c>.</summary>
internal sealed record ItemAt(int Line, Expression Of, Expression Key) : Expression(Line);

/// <summary><c>a[from:to:step]</c>, each of which may be left out.</summary>
internal sealed record SliceOf(int Line, Expression Of, Expression? From, Expression? To, Expression? Step) : Expression(Line);

/// <summary><c>f(a, b=c)</c>.</summary>
internal sealed record Call(int Line, Expression Callee, Arguments Arguments) : Expression(Line);

/// <summary><c>a | name(…)</c>.</summary>
internal sealed record Filtered(int Line, Expression Of, string Name, Arguments Arguments) : Expression(Line);

/// <summary><c>a is name(…)</c>, or <c>a is not …</c>.</summary>
internal sealed record Tested(int Line, Expression Of, string Name, Arguments Arguments, bool Negated) : Expression(Line);

/// <summary><c>not a</c>, <c>-a</c>, <c>+a</c>.</summary>
internal sealed record Unary(int Line, string Operator, Expression Of) : Expression(Line);

/// <summary><c>a + b</c> and all other operators with two sides.</summary>
internal sealed record Binary(int Line, string Operator, Expression Left, Expression Right) : Expression(Line);

/// <summary><c>a if b else c</c>; without else, nothing.</summary>
internal sealed record Conditional(int Line, Expression Then, Expression When, Expression? Otherwise) : Expression(Line);

/// <summary>What a call is given.</summary>
internal sealed record Arguments(IReadOnlyList<Expression> InOrder, IReadOnlyList<(string Name, Expression Value)> Named)
{
    /// <summary>Nothing.</summary>
    public static Arguments None { get; } = new([], []);
}
