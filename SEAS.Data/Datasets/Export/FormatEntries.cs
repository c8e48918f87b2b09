namespace SEAS.Data.Datasets.Export;

/// <summary>The files of each format.</summary>
internal static class FormatEntries
{
    public static IReadOnlyList<ExportEntry> Of(ExportFormat format) => format switch
    {
        ExportFormat.JsonLines or ExportFormat.HuggingFace => [.. FrozenLinesFormat.Entries()],
        ExportFormat.Csv => [.. CsvFormat.Entries()],
        ExportFormat.Trl => [.. PairFormats.Trl()],
        ExportFormat.TrlConversational => [.. PairFormats.Conversational()],
        ExportFormat.LlamaFactoryAlpaca => [.. PairFormats.Alpaca(), DatasetInfo.Entry(format)],
        ExportFormat.LlamaFactoryShareGpt => [.. PairFormats.ShareGpt(), DatasetInfo.Entry(format)],
        ExportFormat.Kto => [.. AnswerFormats.Kto()],
        ExportFormat.LlamaFactoryKto => [.. AnswerFormats.LlamaFactoryKto(), DatasetInfo.Entry(format)],
        ExportFormat.Messages => [.. AnswerFormats.Messages()],
        ExportFormat.Seeds => [.. AnswerFormats.Seeds()],
        ExportFormat.Garak => [.. GarakFormat.Entries()],
        ExportFormat.Parquet => [.. ParquetFormat.Entries()],
        ExportFormat.JsonLinesZstd => [.. PackedLinesFormat.Entries()],
        ExportFormat.All => All(),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Exports are written as one of the formats of ExportFormat."),
    };

    /// <summary>Whether an export comes with a card that describes it.</summary>
    public static bool HasCard(ExportFormat format) => format is ExportFormat.HuggingFace or ExportFormat.Parquet or ExportFormat.All;

    private static List<ExportEntry> All()
    {
        ExportEntry[] entries =
        [
            .. FrozenLinesFormat.Entries(),
            .. CsvFormat.Entries().Select(entry => entry.Under("csv")),
            .. PairFormats.Trl(),
            .. PairFormats.Conversational(),
            .. PairFormats.Alpaca(),
            .. PairFormats.ShareGpt(),
            .. AnswerFormats.Kto(),
            .. AnswerFormats.LlamaFactoryKto(),
            .. AnswerFormats.Messages(),
            .. AnswerFormats.Seeds(),
            .. GarakFormat.Entries(),
            DatasetInfo.Entry(ExportFormat.LlamaFactoryAlpaca, ExportFormat.LlamaFactoryShareGpt, ExportFormat.LlamaFactoryKto),
        ];
        return [.. entries.DistinctBy(entry => entry.Name, StringComparer.Ordinal)];   // formats share their files of ids
    }
}
