namespace SEAS.Training.Text.Templates.Values;

/// <summary>A text that remembers which of its characters came from a conversation rather than from the template.</summary>
/// <remarks>
/// A template writes marks such as <c>&lt;|im_end|&gt;</c> between what people and models said. Once both are one string nobody can tell
/// a mark from a message that spells it, so the difference is kept through every operation on texts.
/// </remarks>
internal sealed class TemplateText
{
    private readonly (int Start, int End)[] _foreign;

    private TemplateText(string value, (int Start, int End)[] foreign) => (Value, _foreign) = (value, foreign);

    /// <summary>No characters.</summary>
    public static TemplateText Empty { get; } = Own(string.Empty);

    /// <summary>The characters.</summary>
    public string Value { get; }

    /// <summary>A text of the template's own.</summary>
    public static TemplateText Own(string value) => new(value, []);

    /// <summary>A text from a conversation.</summary>
    public static TemplateText Foreign(string value) => new(value, value.Length == 0 ? [] : [(0, value.Length)]);

    /// <summary>Whether any character from <paramref name="start"/> to before <paramref name="end"/> came from a conversation.</summary>
    public bool IsForeign(int start, int end)
    {
        var (low, high) = (0, _foreign.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _foreign[middle].End <= start ? (middle + 1, high) : (low, middle);
        }

        return low < _foreign.Length && _foreign[low].Start < end;
    }

    /// <summary>Where the first character from a conversation stands; null if none does.</summary>
    public int? FirstForeign => _foreign.Length > 0 ? _foreign[0].Start : null;

    /// <summary>Texts one after the other.</summary>
    public static TemplateText Concat(IReadOnlyList<TemplateText> parts)
    {
        if (parts.Count == 1)
        {
            return parts[0];
        }

        List<(int Start, int End)> foreign = [];
        var length = 0;
        foreach (var part in parts)
        {
            foreach (var (start, end) in part._foreign)
            {
                if (foreign.Count > 0 && foreign[^1].End == start + length)
                {
                    foreign[^1] = (foreign[^1].Start, end + length);
                }
                else
                {
                    foreign.Add((start + length, end + length));
                }
            }

            length += part.Value.Length;
        }

        return new TemplateText(string.Concat(parts.Select(part => part.Value)), [.. foreign]);
    }

    /// <summary>A part of the text.</summary>
    public TemplateText Slice(int start, int length)
    {
        var end = start + length;
        return start == 0 && length == Value.Length ? this : new TemplateText(
            Value.Substring(start, length),
            [.. _foreign.Where(range => range.Start < end && range.End > start)
                .Select(range => (Math.Max(range.Start, start) - start, Math.Min(range.End, end) - start))]);
    }

    /// <summary>A changed text, of which nobody knows any more which character came from where: one that held a foreign character is
    /// foreign as a whole.</summary>
    public TemplateText Changed(Func<string, string> change)
    {
        var changed = change(Value);
        return _foreign.Length == 0 ? Own(changed) : Foreign(changed);
    }

    /// <inheritdoc />
    public override string ToString() => Value;
}
