using SEAS.Data.Contracts.Ids;
using SEAS.Data.Datasets.Frozen;
using SEAS.Data.Datasets.Restoring;
using SEAS.Training.Lineage;
using SEAS.Training.Runs.Context;

namespace SEAS.Web.Commands;

/// <summary>Explains a row of which only exported files are here.</summary>
internal static class ExportedRow
{
    /// <param name="files">The files.</param>
    /// <param name="roots">Where weights may lie.</param>
    /// <param name="id">The row.</param>
    /// <param name="show">Shows it.</param>
    /// <param name="replay">Whether it is to be made again.</param>
    /// <exception cref="DatasetException">The files do not hold what is needed.</exception>
    public static async Task<int> ExplainAsync(
        RestoredRounds files, IReadOnlyList<string> roots, RowId id, Func<RunRows, Task<int>> show, bool replay)
    {
        if (replay && !files.IsComplete)
        {
            throw new DatasetException(
                $"The rows of run {files.Run} cannot be made again from these files: a filter left some of them out, and rows are made "
                + "in the company in which they were made. Export the round without a filter.");
        }

        try
        {
            return await show(RunRows.Open(files.Store, id, new FileParts(files, new WeightsSearch(roots))));
        }
        catch (RowNotFoundException missing)
        {
            throw new DatasetException(
                $"The files hold no row {missing.Row}; they hold round {string.Join(", ", files.Rounds.Select(round => round.Round))} "
                + $"of run {files.Run}. If it is of another round, name that round's export too, with another --from.", missing);
        }
    }
}
