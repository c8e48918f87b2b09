using System.Text.Json;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Staging;
using SEAS.Data.Review.Files;
using SEAS.Training.Engine.Torch;
using SEAS.Training.Runs.Context;

namespace SEAS.Web.Commands;

/// <summary>Labels that go into the review of a run, where they find their items.</summary>
internal static class ImportedLabels
{
    /// <summary>Reads a file of labels and, unless it is a trial, stores them.</summary>
    /// <exception cref="UsageException">It is not asked for labels.</exception>
    public static int Take(Store store, RunId run, SetRequest request, string? who, bool isTrial, bool asJson)
    {
        if (request.Purpose != DatasetPurpose.Labels)
        {
            throw new UsageException("--run goes with --as labels alone: other rows belong to no run. Leave --run out.");
        }

        if (request.Threshold is not null)
        {
            throw new UsageException("--threshold goes with garak reports, which are no labels of a run's items. Leave --run or it out.");
        }

        var preview = store.Labels.Import.Preview(run, request.Path, who);
        var stored = isTrial ? 0 : store.Labels.Import.Apply(preview);
        Console.WriteLine(asJson
            ? JsonSerializer.Serialize(new
            {
                format = preview.Format, rows = preview.Rows, matched = preview.Matched, stored, set_aside = preview.SetAside,
                problems = preview.ProblemCount,
            })
            : Said(preview, stored, run));
        return preview.IsSound ? ExitCodes.Success : ExitCodes.Error;
    }

    private static string Said(ImportPreview preview, int stored, RunId run)
    {
        var problems = string.Concat(preview.Problems.Take(10)
            .Select(problem => $"\nrow {problem.Row}, {problem.Column}: {problem.Message}"));
        return FormattableString.Invariant(
            $"{preview.Format}: {preview.Rows} rows, {preview.Matched} of them about items of run {run}; {stored} labels stored")
            + (preview.SetAside == 0 ? "" : FormattableString.Invariant(
                $"; {preview.SetAside} earlier labels set aside, as the same person changed their mind")) + problems;
    }
}
