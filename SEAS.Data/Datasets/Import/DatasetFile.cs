using System.Globalization;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Columnar;
using SEAS.Data.Datasets.Import.Formats;
using SEAS.Data.Datasets.Import.Records;
using SEAS.Data.Datasets.Import.Sources;

namespace SEAS.Data.Datasets.Import;

/// <summary>A file of a known format: its rows, one after another, in constant memory.</summary>
/// <remarks>
/// Text in UTF-8 or UTF-16, with or without a byte order mark, plain, in gzip or zstd, or alone in a zip file; or Parquet, one file or a folder
/// of them. What it is, its content tells.
/// </remarks>
public sealed class DatasetFile : IDisposable
{
    private const int BeginningLength = 1 << 20;

    private readonly string _path;
    private readonly ImportSource _source;
    private readonly DetectedFormat _found;
    private readonly RecordReader _reader;
    private string? _sha256;
    private bool _begun;

    private DatasetFile(string path, ImportSource source, DetectedFormat found, RecordReader reader)
    {
        _path = path;
        _source = source;
        _found = found;
        _reader = reader;
    }

    /// <summary>Opens a file and tells from its content what it is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">Which column fills which of our fields, where a person said it: field → column.</param>
    /// <param name="purpose">What the rows are for; null: what the format gives first.</param>
    /// <param name="fileName">The file's name as the person knows it; null: the one in the path.</param>
    /// <param name="threshold">From which score on an answer is unsafe; null: what the file says itself.</param>
    /// <exception cref="PromptSetException">It cannot be read, or is of no known format, or has no scores for the threshold.</exception>
    public static DatasetFile Open(
        string path, IReadOnlyDictionary<string, string>? columns = null, DatasetPurpose? purpose = null, string? fileName = null,
        double? threshold = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        columns ??= new Dictionary<string, string>(StringComparer.Ordinal);
        return FileFaults.Explained(path, () =>
        {
            var tables = ParquetFiles.Of(path);
            var read = 0L;
            var source = tables is null
                ? ImportSource.Open(path, fileName ?? Path.GetFileName(path))
                : ImportSource.OfTables(tables.Paths, () => Volatile.Read(ref read));
            try
            {
                var found = tables is null ? OfText(source, columns)
                    : OfTables(new ParquetRecords(tables, bytes => Volatile.Write(ref read, bytes)), tables, columns);
                found = threshold is not { } asked ? found : found with
                {
                    Reason = string.Create(CultureInfo.InvariantCulture, $"{found.Reason}; unsafe from a score of {asked} on, as asked"),
                };
                return new DatasetFile(path, source, found, new RecordReader(found.Format, columns, purpose, threshold));
            }
            catch
            {
                source.Dispose();
                throw;
            }
        });
    }

    private static DetectedFormat OfText(ImportSource source, IReadOnlyDictionary<string, string> columns)
    {
        var beginning = source.Text.Beginning(BeginningLength);
        return new FormatDetection(source.Name, beginning, beginning.Length < BeginningLength, columns).Detect();
    }

    private static DetectedFormat OfTables(
        ParquetRecords records, ParquetFiles files, IReadOnlyDictionary<string, string> columns)
    {
        var how = files.Paths.Count == 1 ? "it is a Parquet file" : string.Create(
            CultureInfo.InvariantCulture, $"it is a folder of {files.Paths.Count} Parquet files");
        var found = FormatNaming.Of(records, records.First(), how, isTable: false, columns);
        FormatNaming.RequireColumns(found, columns);
        return found;
    }

    /// <summary>What the file is.</summary>
    public string Format => _found.Name;

    /// <summary>Why it was taken for that.</summary>
    public string Reason => _found.Reason;

    /// <summary>The set that the format is of, or the file's name.</summary>
    public string Source => _found.Format.Source;

    /// <summary>What its rows can be used for, the most likely first.</summary>
    public IReadOnlyList<DatasetPurpose> Purposes => _found.Format.Purposes;

    /// <summary>The columns of its first records.</summary>
    public IReadOnlyList<string> Columns => _found.Columns;

    /// <summary>Which of them fills which of our fields: field → column.</summary>
    public IReadOnlyDictionary<string, string> Mapping => _reader.Mapping
        .Where(pair => _found.Columns.Contains(pair.Value, StringComparer.OrdinalIgnoreCase))
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>How many rows were left out so far since they say nothing, by reason, such as outputs that are null.</summary>
    public IReadOnlyDictionary<string, long> LeftOut => _reader.LeftOut;

    /// <summary>Its size on the disk, in bytes.</summary>
    public long TotalBytes => _source.TotalBytes;

    /// <summary>How much of it was read, in bytes.</summary>
    public long BytesRead => _source.BytesRead;

    /// <summary>Its checksum in lower-case hexadecimal; what was not yet read is read for it.</summary>
    /// <exception cref="PromptSetException">It cannot be read to its end.</exception>
    public string Sha256() => _sha256 ??= FileFaults.Explained(_path, _source.Finish);

    /// <summary>The rows and, in their place, what is wrong with those that cannot be read. Can be asked for once.</summary>
    /// <exception cref="PromptSetException">The file cannot be read on.</exception>
    public IEnumerable<ReadRow> Rows()
    {
        if (_begun)
        {
            throw new InvalidOperationException("The rows of a file are read once; open it again to read them again.");
        }

        _begun = true;
        return FileFaults.Explained(_path, Found());
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private IEnumerable<ReadRow> Found()
    {
        foreach (var (record, problem) in _found.Records.Read(_source.Text))
        {
            if (record is null)
            {
                yield return new ReadRow(null, problem);
                continue;
            }

            foreach (var row in Read(record))
            {
                yield return row;
            }
        }
    }

    private IEnumerable<ReadRow> Read(SourceRecord record)
    {
        try
        {
            return [.. _reader.Read(record).Select(row => new ReadRow(row, null))];
        }
        catch (RowFault fault)
        {
            return [new ReadRow(null, fault.At(record.Row))];
        }
        catch (InvalidOperationException error) when (JsonText.IsHalfText(error))
        {
            // A name somewhere within the record that is no text.
            return [new ReadRow(null, JsonSourceRecord.HalfName().At(record.Row))];
        }
    }
}

/// <summary>A row, or what is wrong with it.</summary>
/// <param name="Row">The row; null if it cannot be read.</param>
/// <param name="Problem">What is wrong; null if nothing is.</param>
public sealed record ReadRow(ImportedRow? Row, RowError? Problem);
