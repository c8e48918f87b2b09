namespace SEAS.Data.Text;

/// <summary>Texts of files as messages show them.</summary>
internal static class Shown
{
    private const int Longest = 40;

    /// <summary>Its beginning, on one line.</summary>
    public static string Shortly(string text)
    {
        var line = string.Concat(text.Take(Longest).Select(letter => char.IsControl(letter) ? ' ' : letter));
        line = line.Length > 0 && char.IsHighSurrogate(line[^1]) ? line[..^1] : line;
        return text.Length <= Longest ? line : line + "…";
    }
}
