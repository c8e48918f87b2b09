namespace SEAS.Data.Text;

/// <summary>A text that a spreadsheet would run as a formula gets an apostrophe in front, and loses it when read back.</summary>
internal static class FormulaGuard
{
    /// <summary>An apostrophe goes before =, +, -, @, a tab or a line's end, and before apostrophes that precede one of these.</summary>
    public static string Apply(string text) => LooksLikeFormula(text) ? $"'{text}" : text;

    public static string Undo(string text) => text.StartsWith('\'') && LooksLikeFormula(text) ? text[1..] : text;

    private static bool LooksLikeFormula(string text) =>
        text.AsSpan().TrimStart('\'') is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..];
}
