using SEAS.Training.Text.Templates.Values;

namespace SEAS.Training.Text.Templates.Reading;

/// <summary>Something that a template does.</summary>
/// <param name="Line">Where it stands, from 1.</param>
internal abstract record Statement(int Line);

/// <summary>Writes text of the template's own.</summary>
internal sealed record WriteText(int Line, TemplateText Text) : Statement(Line);

/// <summary><c>{{ value }}</c>.</summary>
internal sealed record WriteValue(int Line, Expression Value) : Statement(Line);

/// <summary><c>{% if %} … {% elif %} … {% else %} … {% endif %}</c>; the last branch of an else has no condition.</summary>
internal sealed record If(int Line, IReadOnlyList<(Expression? When, IReadOnlyList<Statement> Body)> Branches) : Statement(Line);

/// <summary><c>{% for a, b in items if condition %} … {% else %} … {% endfor %}</c>.</summary>
internal sealed record For(
    int Line, IReadOnlyList<string> Names, Expression Items, Expression? When, IReadOnlyList<Statement> Body,
    IReadOnlyList<Statement> Otherwise) : Statement(Line);

/// <summary><c>{% set name = value %}</c>, or <c>{% set space.name = value %}</c>.</summary>
internal sealed record SetTo(int Line, IReadOnlyList<(string Name, string? Member)> Targets, Expression Value) : Statement(Line);

/// <summary><c>{% set name %} … {% endset %}</c>.</summary>
internal sealed record SetToBlock(int Line, string Name, IReadOnlyList<Statement> Body) : Statement(Line);

/// <summary><c>{% macro name(a, b=c) %} … {% endmacro %}</c>.</summary>
internal sealed record MacroOf(
    int Line, string Name, IReadOnlyList<(string Name, Expression? Standard)> Parameters, IReadOnlyList<Statement> Body) : Statement(Line);

/// <summary><c>{% break %}</c> or <c>{% continue %}</c>.</summary>
internal sealed record Leave(int Line, bool Loop) : Statement(Line);
