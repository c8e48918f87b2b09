namespace SEAS.Data.Text;

/// <summary>Cells of a table as RFC 4180 has them, safe to open in a spreadsheet.</summary>
internal static class Csv
{
    /// <summary>A text; an empty one is quoted, so that it is not taken for nothing.</summary>
    public static string Cell(string text)
    {
        var guarded = FormulaGuard.Apply(text);
        return guarded.Length > 0 && guarded.AsSpan().IndexOfAny("\",\r\n") < 0 && guarded.AsSpan().Trim().Length == guarded.Length
            ? guarded
            : $"\"{guarded.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
