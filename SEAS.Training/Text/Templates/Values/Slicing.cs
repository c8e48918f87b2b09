namespace SEAS.Training.Text.Templates.Values;

/// <summary>Python's slices: <c>value[from:to:step]</c>.</summary>
internal static class Slicing
{
    /// <summary>A part of a list or text; null stands for what was left out.</summary>
    public static object Of(object? value, object? from, object? to, object? step, int line)
    {
        var by = Whole(step, line) ?? 1;
        if (by == 0)
        {
            throw ChatTemplateException.At(line, "a slice with the step 0 has no end");
        }

        return value switch
        {
            IReadOnlyList<object?> list => Indices(list.Count, Whole(from, line), Whole(to, line), by).Select(i => list[i]).ToList(),
            TemplateText text when by == 1 => Plain(text, Whole(from, line), Whole(to, line)),
            TemplateText text => TemplateText.Concat(
                [.. Indices(text.Value.Length, Whole(from, line), Whole(to, line), by).Select(i => text.Slice(i, 1))]),
            _ => throw ChatTemplateException.At(line, $"a slice is asked of {TemplateValues.KindOf(value)}"),
        };
    }

    private static TemplateText Plain(TemplateText text, long? from, long? to)
    {
        var length = text.Value.Length;
        var start = (int)Clamped(from ?? 0, length);
        var end = (int)Clamped(to ?? length, length);
        return end <= start ? TemplateText.Empty : text.Slice(start, end - start);
    }

    private static IEnumerable<int> Indices(int count, long? from, long? to, long step)
    {
        var start = from is { } first ? Clamped(first, count) : step > 0 ? 0 : count - 1;
        var end = to is { } last ? Clamped(last, count) : step > 0 ? count : -1;
        for (var i = Math.Min(start, count - (step > 0 ? 0 : 1)); step > 0 ? i < end : i > end; i += step)
        {
            yield return (int)i;
        }
    }

    private static long Clamped(long index, int count) => Math.Clamp(index < 0 ? index + count : index, 0, count);

    private static long? Whole(object? value, int line) => value switch
    {
        null => null,
        long number => number,
        _ => throw ChatTemplateException.At(line, $"a slice goes by whole numbers, not by {TemplateValues.KindOf(value)}"),
    };
}
