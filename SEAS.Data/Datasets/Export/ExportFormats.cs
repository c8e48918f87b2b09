using SEAS.Data.Datasets.Frozen;

namespace SEAS.Data.Datasets.Export;

/// <summary>The formats' names, on the command line, in addresses and in the log.</summary>
public static class ExportFormats
{
    private static readonly (ExportFormat Format, string Name, string Words)[] s_all =
    [
        (ExportFormat.All, "all", "Everything in one zip"),
        (ExportFormat.JsonLines, "jsonl", "JSON Lines: every row and column"),
        (ExportFormat.Csv, "csv", "CSV: every row and column"),
        (ExportFormat.Trl, "trl", "TRL preference"),
        (ExportFormat.TrlConversational, "trl-conversational", "TRL preference, conversational"),
        (ExportFormat.LlamaFactoryAlpaca, "llamafactory", "LLaMA-Factory ranking (alpaca)"),
        (ExportFormat.LlamaFactoryShareGpt, "llamafactory-sharegpt", "LLaMA-Factory ranking (sharegpt)"),
        (ExportFormat.Kto, "kto", "KTO (TRL)"),
        (ExportFormat.LlamaFactoryKto, "llamafactory-kto", "KTO (LLaMA-Factory)"),
        (ExportFormat.Messages, "sft", "SFT messages"),
        (ExportFormat.Seeds, "seeds", "SEAS seed prompts"),
        (ExportFormat.Garak, "garak", "garak report and hitlog"),
        (ExportFormat.HuggingFace, "huggingface", "Hugging Face dataset folder"),
        (ExportFormat.Parquet, "parquet", "Hugging Face dataset folder, Parquet"),
        (ExportFormat.JsonLinesZstd, "jsonl-zst", "JSON Lines, packed by Zstandard"),
    ];

    /// <summary>All of them, in the order in which they are offered.</summary>
    public static IReadOnlyList<ExportFormat> Offered { get; } = [.. s_all.Select(known => known.Format)];

    /// <summary>All names, in the same order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_all.Select(known => known.Name)];

    /// <summary>A format's name.</summary>
    public static string Name(ExportFormat format) => s_all.First(known => known.Format == format).Name;

    /// <summary>A format in words.</summary>
    public static string Words(ExportFormat format) => s_all.First(known => known.Format == format).Words;

    /// <summary>The format of this name, or null.</summary>
    public static ExportFormat? Find(string name) =>
        Array.FindIndex(s_all, known => string.Equals(known.Name, name, StringComparison.Ordinal)) is var at and >= 0
            ? s_all[at].Format
            : null;

    /// <summary>The paths of the files that a format can have.</summary>
    public static IReadOnlyList<string> FilesOf(ExportFormat format) => [.. FormatEntries.Of(format).Select(entry => entry.Name)];

    /// <summary>The file of a format that a name stands for: its path, or the path without folder and ending.</summary>
    /// <exception cref="DatasetNotFoundException">The format has no such file; the message lists those that it has.</exception>
    public static string FileOf(ExportFormat format, string name)
    {
        var files = FilesOf(format);
        return files.FirstOrDefault(file => string.Equals(file, name, StringComparison.Ordinal))
            ?? files.FirstOrDefault(file => string.Equals(Path.GetFileNameWithoutExtension(file), name, StringComparison.Ordinal))
            ?? files.FirstOrDefault(file => string.Equals(TableOf(file), name, StringComparison.Ordinal))
            ?? throw new DatasetNotFoundException(
                $"The format {Name(format)} has no file {name}; it has {string.Join(", ", files)}.");
    }

    // Packed lines have two endings, and a Parquet file's folder says its table.
    private static string TableOf(string file) => ParquetFormat.TableOf(file) is { } table
        ? Path.GetFileNameWithoutExtension(table)
        : file.EndsWith(".jsonl" + PackedLinesFormat.Ending, StringComparison.Ordinal)
            ? Path.GetFileNameWithoutExtension(Path.GetFileNameWithoutExtension(file))
            : file;
}
