namespace SEAS.Training.Serving;

/// <summary>Passes text on until one of some texts comes; holds back what may be the beginning of one.</summary>
internal sealed class StopTextFilter(IReadOnlyList<string> stops)
{
    private string _held = string.Empty;

    /// <summary>A stop text has come; nothing is passed on any more.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Takes text in and gives out what is certain.</summary>
    public string Push(string text)
    {
        if (IsStopped)
        {
            return string.Empty;
        }

        var all = _held + text;
        var first = stops.Select(stop => all.IndexOf(stop, StringComparison.Ordinal)).Where(at => at >= 0).DefaultIfEmpty(-1).Min();
        if (first >= 0)
        {
            (IsStopped, _held) = (true, string.Empty);
            return all[..first];
        }

        var kept = stops.Select(stop => Overlap(all, stop)).DefaultIfEmpty(0).Max();
        _held = all[^kept..];
        return all[..^kept];
    }

    /// <summary>The text is over: what was held back belongs to it after all.</summary>
    public string Flush()
    {
        var rest = _held;
        _held = string.Empty;
        return rest;
    }

    /// <summary>How many characters at the end of a text begin a stop text.</summary>
    private static int Overlap(string text, string stop)
    {
        for (var length = Math.Min(text.Length, stop.Length - 1); length > 0; length--)
        {
            if (text.EndsWith(stop[..length], StringComparison.Ordinal))
            {
                return length;
            }
        }

        return 0;
    }
}
