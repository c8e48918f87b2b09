using SEAS.Data.Contracts;

namespace SEAS.Data.Datasets.Export;

/// <summary>What somebody wants to take away.</summary>
/// <param name="Run">The run.</param>
/// <param name="Round">The round, from 1; null takes all rounds that are frozen.</param>
/// <param name="Version">The version of the round's datasets; null takes the newest.</param>
/// <param name="Format">What they are written as.</param>
/// <param name="Filter">Which rows.</param>
public sealed record ExportRequest(RunId Run, int? Round, int? Version, ExportFormat Format, ExportFilter Filter)
{
    /// <summary>One file of the format alone, by the name that <see cref="ExportPreview.Files"/> gives it; null takes all.</summary>
    public string? File { get; init; }
}

/// <summary>One file of an export.</summary>
/// <param name="Name">Its path within the export.</param>
/// <param name="Rows">Its rows; 0 for a file that is no table, such as the card.</param>
public sealed record ExportFile(string Name, long Rows);

/// <summary>What an export would hold; nothing is written yet.</summary>
/// <param name="Files">Its files, in their order.</param>
/// <param name="Rows">Rows of all files together.</param>
/// <param name="Sample">The first rows of the first files that have any, as they would be written.</param>
public sealed record ExportPreview(IReadOnlyList<ExportFile> Files, long Rows, IReadOnlyList<ExportSample> Sample);

/// <summary>Rows of one file as they would be written.</summary>
/// <param name="File">The file.</param>
/// <param name="Rows">Its first rows.</param>
public sealed record ExportSample(string File, IReadOnlyList<string> Rows);

/// <summary>How far an export is.</summary>
/// <param name="File">The file that is being written.</param>
/// <param name="Rows">Rows written so far, of all files.</param>
/// <param name="TotalRows">Rows to be written; an upper bound where a filter leaves some out.</param>
public sealed record ExportProgress(string File, long Rows, long TotalRows);

/// <summary>A file that is ready to be taken. The same request gives the same bytes.</summary>
/// <param name="Path">Where it lies; kept until newer exports need its room.</param>
/// <param name="FileName">What to call it.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Sha256">Its checksum, in lower-case hexadecimal.</param>
/// <param name="Bytes">Its length.</param>
public sealed record PreparedExport(string Path, string FileName, string ContentType, string Sha256, long Bytes);
