namespace SEAS.Data.Review.Files;

/// <summary>The kinds of files that labels are written to.</summary>
public enum LabelFormat
{
    /// <summary>One JSON object a label, one label a line.</summary>
    JsonLines,

    /// <summary>A table with a header (RFC 4180); cells that a spreadsheet would take for formulas begin with an apostrophe.</summary>
    Csv,

    /// <summary>Argilla's records, as a JSON array.</summary>
    Argilla,

    /// <summary>Label Studio's tasks with annotations, as a JSON array.</summary>
    LabelStudio,
}
