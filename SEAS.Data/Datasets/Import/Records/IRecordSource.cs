using SEAS.Data.Datasets.Import.Sources;

namespace SEAS.Data.Datasets.Import.Records;

/// <summary>A way in which records follow each other in a text.</summary>
internal interface IRecordSource
{
    /// <summary>What people call it: <c>CSV</c>, <c>JSON lines</c>.</summary>
    string Name { get; }

    /// <summary>
    /// The records, and in their place what is wrong with those that cannot be read. A record is good until the next one.
    /// </summary>
    IEnumerable<FoundRecord> Read(CheckedText text);
}

/// <summary>A record, or what is wrong in its place.</summary>
internal readonly record struct FoundRecord(SourceRecord? Record, RowError? Problem);
