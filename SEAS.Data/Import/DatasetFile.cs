using System.Security.Cryptography;
using SEAS.Data.Domain;

namespace SEAS.Data.Import;

/// <summary>A file of a known format: its rows, one after another.</summary>
public sealed class DatasetFile
{
    private readonly PromptSet _set;

    private DatasetFile(string path, PromptSet set)
    {
        _set = set;
        TotalBytes = new FileInfo(path).Length;
        using var file = File.OpenRead(path);
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>Opens a file and tells from its content what it is.</summary>
    /// <exception cref="PromptSetException">It cannot be read, or is of no known format.</exception>
    public static DatasetFile Open(string path) => new(path, PromptSetReader.Read(path));

    /// <summary>What the file is.</summary>
    public string Format => _set.Format;

    /// <summary>Why it was taken for that.</summary>
    public string Reason => _set.Reason;

    /// <summary>What its rows can be used for.</summary>
    public IReadOnlyList<DatasetPurpose> Purposes { get; } = [DatasetPurpose.Seeds, DatasetPurpose.Evaluation];

    /// <summary>Its columns.</summary>
    public IReadOnlyList<string> Columns { get; } = ["prompt", "category"];

    /// <summary>Which of them fills which of ours.</summary>
    public IReadOnlyDictionary<string, string> Mapping { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Its size on the disk.</summary>
    public long TotalBytes { get; }

    /// <summary>How much of it was read.</summary>
    public long BytesRead => TotalBytes;

    /// <summary>Its checksum, known once all rows were read.</summary>
    public string Sha256 { get; }

    /// <summary>The rows and, in their place, what is wrong with those that cannot be read.</summary>
    public IEnumerable<ReadRow> Rows() => _set.Prompts
        .Select(prompt => new ReadRow(
            new ImportedRow(prompt.Row, prompt.Prompt) { Category = prompt.Category, Source = prompt.Source, IsSafe = prompt.IsSafe },
            null))
        .Concat(_set.Errors.Select(error => new ReadRow(null, error)));
}

/// <summary>A row, or what is wrong with it.</summary>
/// <param name="Row">The row; null if it cannot be read.</param>
/// <param name="Problem">What is wrong; null if nothing is.</param>
public sealed record ReadRow(ImportedRow? Row, RowError? Problem);
