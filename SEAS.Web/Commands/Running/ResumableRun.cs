using SEAS.Data;
using SEAS.Data.Contracts;

namespace SEAS.Web.Commands;

/// <summary>Which run <c>--resume</c> means.</summary>
internal static class ResumableRun
{
    /// <summary>The newest run that is not finished; with all of them finished the newest, so that its figures can still be had.</summary>
    /// <exception cref="UsageException">The store holds no such run.</exception>
    public static Run Find(Store store, Func<Run, bool> chosen)
    {
        var runs = store.Runs.List().Where(chosen).OrderByDescending(run => run.CreatedUtc).ToList();
        return runs.Find(run => run.Status != RunStatus.Finished)
            ?? runs.FirstOrDefault()
            ?? throw new UsageException(
                $"There is no run to go on with in {store.Folder}. Name another folder with --data, or start a run without --resume.");
    }
}
