using SEAS.Data.Datasets.Import.Sources;

namespace SEAS.Data.Datasets.Import.Columnar;

/// <summary>The Parquet files that a path names: one, or all of a folder, as datasets lie on the Hugging Face hub.</summary>
/// <param name="Paths">The files, in the order of their names.</param>
internal sealed record ParquetFiles(IReadOnlyList<string> Paths)
{
    private static readonly string[] s_splits = ["train", "validation", "valid", "dev", "test"];

    /// <summary>The files to be opened one after another.</summary>
    public IReadOnlyList<ParquetShard> Shards { get; } = [.. Paths.Select(path => new ParquetShard(
        Path.GetFileName(path), () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16)))];

    /// <summary>The files of a path, a folder, or a pattern with <c>*</c> in its last part; null if it is a file of another kind.</summary>
    /// <exception cref="SourceFault">It is a folder without Parquet files, or with those of several splits.</exception>
    public static ParquetFiles? Of(string path)
    {
        var (folder, pattern) = (Path.GetDirectoryName(path), Path.GetFileName(path));
        var isPattern = pattern.Contains('*', StringComparison.Ordinal) && !File.Exists(path) && Directory.Exists(folder);
        if (!isPattern && !Directory.Exists(path))
        {
            return IsParquet(path) ? new ParquetFiles([path]) : null;
        }

        var found = isPattern ? Directory.EnumerateFiles(folder!, pattern) : Directory.EnumerateFiles(path, "*.parquet", SearchOption.AllDirectories);
        var files = found.Where(file => Path.GetExtension(file) == ".parquet").Order(StringComparer.Ordinal).ToList();
        if (files.Count == 0)
        {
            throw isPattern
                ? new SourceFault("Parquet files of such names", "none", "Check the pattern, and put it in quotes.")
                : new SourceFault("a file, or a folder with Parquet files", "a folder without any", "Name the file.");
        }

        // Rows that are kept for tests must not be learned because they lie beside the others.
        var splits = files.Select(Split).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return splits.Count > 1
            ? throw new SourceFault(
                "Parquet files of one split", $"files of several: {string.Join(", ", splits)}",
                $"Import each split by itself: '{Path.Combine(isPattern ? folder! : Path.GetDirectoryName(files[0])!, splits[0] + "-*.parquet")}'.")
            : new ParquetFiles(files);
    }

    private static string? Split(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return Array.Find(s_splits, split => name == split || name.StartsWith(split + "-", StringComparison.Ordinal)
            || string.Equals(Path.GetFileName(Path.GetDirectoryName(path)), split, StringComparison.Ordinal));
    }

    private static bool IsParquet(string path)
    {
        Span<byte> magic = stackalloc byte[4];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        return file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == magic.Length
            && (magic.SequenceEqual(ParquetRows.Magic) || magic.SequenceEqual(ParquetRows.EncryptedMagic));
    }
}
