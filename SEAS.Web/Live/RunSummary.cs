using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Training.Runs.Plan;

namespace SEAS.Web.Live;

/// <summary>One run in a list.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Title">Preset and seed.</param>
/// <param name="Status">Its state.</param>
/// <param name="StartedUtc">Null while queued.</param>
/// <param name="Where">How far it is: <c>2 of 3 · attack</c>.</param>
/// <param name="Headline">Held-out attack success of T0 and of the newest target.</param>
public sealed record RunSummary(RunId Id, string Title, RunStatus Status, DateTimeOffset? StartedUtc, string Where, string Headline)
{
    // Stages of one run tell of themselves at least this often.
    private const int RecentEvents = 400;

    /// <summary>All runs, the newest first.</summary>
    public static IReadOnlyList<RunSummary> All(Store store) => [.. store.Runs.List().Select(run => Of(store, run))];

    private static RunSummary Of(Store store, Run run)
    {
        var evaluations = store.Evaluations.List(run.Id).Select(stored => stored.Read()).OrderBy(row => row.Iteration).ToList();
        var place = Place(store, run, evaluations.Count);
        return new RunSummary(run.Id, RunTitle.Of(run), run.Status, run.StartedUtc, place, Figures(evaluations));
    }

    private static string Place(Store store, Run run, int evaluations)
    {
        var rounds = RunPlanText.ReadKnown(run.PlanJson).Rounds;
        if (run.Status != RunStatus.Running)
        {
            return evaluations == 0 ? Units.None : FormattableString.Invariant($"{evaluations - 1} of {rounds} done");
        }

        var last = store.Events.LastSequence(run.Id);
        var view = RunView.Waiting.After(store.Events.After(run.Id, Math.Max(0, last - RecentEvents)));
        return view.Current switch
        {
            null => "starting",
            { Round: 0 } => "initialization",
            { } current => FormattableString.Invariant($"{current.Round} of {rounds} · {StageWords.Of(current.Stage)}"),
        };
    }

    private static string Figures(List<EvaluationView> evaluations)
    {
        if (evaluations.Count == 0)
        {
            return Units.None;
        }

        return (evaluations[0].Static?.Asr.Rate, evaluations[^1].Static?.Asr.Rate) switch
        {
            ({ } first, _) when evaluations.Count == 1 => $"{Units.Percent(first)} before hardening",
            ({ } first, { } last) => $"{Units.Points(first)} → {Units.Percent(last)}",
            _ => "not measured",
        };
    }
}
