namespace SEAS.Training.Text.Templates.Values;

/// <summary>The values that a function, filter or test is called with; knows which of them were asked for.</summary>
internal sealed class CallValues(string what, int line, IReadOnlyList<object?> inOrder, IReadOnlyDictionary<string, object?> named)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private int _positions;

    /// <summary>Where the call stands.</summary>
    public int Line => line;

    /// <summary>The values without a name.</summary>
    public IReadOnlyList<object?> InOrder => inOrder;

    /// <summary>All values with a name, for functions that take any.</summary>
    public IReadOnlyDictionary<string, object?> AllNamed()
    {
        _asked.UnionWith(named.Keys);
        return named;
    }

    /// <summary>The value at a position or under a name; <paramref name="standard"/> if it was not given.</summary>
    public object? Get(int position, string name, object? standard = null)
    {
        _asked.Add(name);
        _positions = Math.Max(_positions, position + 1);
        return position < inOrder.Count ? inOrder[position] : named.TryGetValue(name, out var value) ? value : standard;
    }

    /// <summary>A text, which may have a standard.</summary>
    public TemplateText Text(int position, string name, string? standard = null) => Get(position, name) switch
    {
        TemplateText text => text,
        null when standard is not null && position >= inOrder.Count && !named.ContainsKey(name) => TemplateText.Own(standard),
        var other => throw Wrong($"'{name}' should be a text and is {TemplateValues.KindOf(other)}"),
    };

    /// <summary>A whole number, which may have a standard.</summary>
    public long Whole(int position, string name, long? standard = null) => Get(position, name) switch
    {
        long number => number,
        null when standard is { } number && position >= inOrder.Count && !named.ContainsKey(name) => number,
        var other => throw Wrong($"'{name}' should be a whole number and is {TemplateValues.KindOf(other)}"),
    };

    /// <summary>Refuses values that nobody asked for: an option that is ignored changes the result unseen.</summary>
    public void Done()
    {
        if (inOrder.Count > _positions)
        {
            throw Wrong($"takes {_positions} values and is given {inOrder.Count}");
        }

        if (named.Keys.FirstOrDefault(name => !_asked.Contains(name)) is { } odd)
        {
            throw Wrong($"has no '{odd}'");
        }
    }

    /// <summary>The error for a call that makes no sense.</summary>
    public ChatTemplateException Wrong(string problem) => ChatTemplateException.At(line, $"{what}: {problem}");
}
