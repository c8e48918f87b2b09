using System.Diagnostics;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Export;
using SEAS.Data.Datasets.Import;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Stages;

namespace SEAS.Training.Lab.DatasetStudy;

/// <summary>Measures how fast a round is frozen and exported, and in how much memory.</summary>
public static class DatasetStudy
{
    // The table that is read back: prompts with their answers, as many as there are answers.
    private const string ReadBack = "verdicts";

    /// <summary>Freezes a round anew, makes every format of it, and reads a table back as a file that is imported.</summary>
    /// <param name="store">The store.</param>
    /// <param name="run">A run of <see cref="SyntheticRound"/> that is not frozen yet.</param>
    /// <param name="tell">Told of each figure as it is there.</param>
    /// <param name="cancellation">Ends it.</param>
    public static void Run(Store store, RunId run, Action<DatasetStudyRow> tell, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var frozen = FreezeStage.Refresh(store, run, 1, cancellation)[0];
        tell(Row("freeze", frozen.Rows, frozen.Bytes, watch));
        foreach (var format in ExportFormats.Offered)
        {
            watch.Restart();
            var progress = new LastRows();
            var request = new ExportRequest(run, 1, frozen.Version, format, ExportFilter.None);
            var export = store.Datasets.Prepare(request, progress, cancellation);
            tell(Row(ExportFormats.Name(format), progress.Rows, export.Bytes, watch));
        }

        foreach (var format in (ExportFormat[])[ExportFormat.JsonLines, ExportFormat.JsonLinesZstd, ExportFormat.Parquet])
        {
            var name = ExportFormats.FilesOf(format).First(file => file.Contains(ReadBack, StringComparison.Ordinal));
            var export = store.Datasets.Prepare(
                new ExportRequest(run, 1, frozen.Version, format, ExportFilter.None) { File = name }, progress: null, cancellation);
            watch.Restart();
            using var file = DatasetFile.Open(export.Path);
            var rows = file.Rows().LongCount(row => row.Row is not null);
            tell(Row($"read {ExportFormats.Name(format)}", rows, export.Bytes, watch));
        }
    }

    private static DatasetStudyRow Row(string work, long rows, long bytes, Stopwatch watch) =>
        new(work, rows, bytes, Math.Round(watch.Elapsed.TotalSeconds, 2), ProcessMemory.CurrentMib(), ProcessMemory.PeakMib());

    private sealed class LastRows : IProgress<ExportProgress>
    {
        public long Rows { get; private set; }

        public void Report(ExportProgress value) => Rows = value.Rows;
    }
}

/// <summary>A figure.</summary>
/// <param name="Work">What was done.</param>
/// <param name="Rows">Rows written.</param>
/// <param name="Bytes">Bytes of the result.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="RssMib">Memory afterwards, in MiB.</param>
/// <param name="PeakRssMib">The most memory of the process so far, in MiB.</param>
public sealed record DatasetStudyRow(string Work, long Rows, long Bytes, double Seconds, double RssMib, double PeakRssMib);
