using SEAS.Data.Datasets.Import.Records;
using SEAS.Data.Datasets.Import.Sources;

namespace SEAS.Data.Datasets.Import.Columnar;

/// <summary>Parquet files as a source of records; there is no text that they could be read from.</summary>
internal sealed class ParquetRecords(ParquetFiles files, Action<long> progress) : IRecordSource
{
    private const int Looked = 200;

    public string Name => "Parquet";

    public IEnumerable<FoundRecord> Read(CheckedText text) => new ParquetRows(files.Shards, progress).Read();

    /// <summary>The first records, from which the format is told.</summary>
    public List<SourceRecord> First() =>
        [.. new ParquetRows(files.Shards).Read().Take(Looked).Select(found => found.Record).OfType<SourceRecord>()];
}
