namespace SEAS.Training.Text.Templates.Values;

/// <summary>Variables: those of a block, then those around it. A block sees what is outside and changes only what is its own.</summary>
internal sealed class TemplateScope(TemplateScope? outer = null)
{
    private readonly Dictionary<string, object?> _variables = new(StringComparer.Ordinal);

    /// <summary>How many macros called each other to come here.</summary>
    public int Calls { get; init; } = outer?.Calls ?? 0;

    /// <summary>A variable's value.</summary>
    public object? this[string name]
    {
        get
        {
            for (var scope = this; scope is not null; scope = scope.Outer)
            {
                if (scope._variables.TryGetValue(name, out var value))
                {
                    return value;
                }
            }

            return new Undefined(name);
        }

        set => _variables[name] = value;
    }

    private TemplateScope? Outer { get; } = outer;
}
