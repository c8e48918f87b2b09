using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Data.Contracts.Inputs;
using SEAS.Data.Datasets.Frozen;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Ledger;

namespace SEAS.Training.Runs.Stages;

/// <summary>Freezes what a round has brought: when it ends, when labels came since, and on demand for rounds of older runs.</summary>
/// <remarks>Decided in docs/decisions/0044-frozen-datasets.md.</remarks>
public static class FreezeStage
{
    private const string Ended = "the round ended";
    private const string LabelsCame = "labels came since";
    private const string Asked = "somebody asked";

    /// <summary>Makes sure that the newest versions of a run's rounds hold all labels that there are.</summary>
    /// <param name="store">The store that holds the run.</param>
    /// <param name="run">The run.</param>
    /// <param name="round">Only this round; null for all that have ended.</param>
    /// <param name="cancellation">Leaves what is not frozen yet as it was.</param>
    /// <returns>The newest version of each of these rounds.</returns>
    /// <exception cref="DatasetException">The round has not ended, or its files cannot be written.</exception>
    public static IReadOnlyList<DatasetVersion> Refresh(Store store, RunId run, int? round, CancellationToken cancellation)
    {
        var ended = Rounds(store, run);
        if (round is { } asked && !ended.Contains(asked))
        {
            throw new DatasetNotFoundException(
                $"Round {asked} of run {run} has no datasets: it has not ended. "
                + (ended.Count == 0 ? "No round of it has." : $"These have: {string.Join(", ", ended)}."));
        }

        return [.. ended.Where(known => round is null || known == round).Select(known =>
            Freeze(store, run, known, store.Datasets.Newest(run, known) is null ? Asked : LabelsCame, null, null, cancellation))];
    }

    /// <summary>The rounds of a run that have ended, whether they are frozen or not.</summary>
    public static IReadOnlyList<int> Rounds(Store store, RunId run) =>
        [.. store.Evaluations.List(run).Select(evaluation => evaluation.Iteration).Where(iteration => iteration > 0).Order()];

    /// <summary>Freezes the round that has just ended, and earlier ones again if labels came since.</summary>
    internal static void Run(LoopContext context, int round)
    {
        var key = LedgerUnits.FrozenDatasets(round);
        if (round < context.Plan.Branch?.Round || context.Store.Units.IsDone(context.Id, key))
        {
            return;   // a branch's earlier rounds are its parent's
        }

        context.Cancellation.ThrowIfCancellationRequested();
        foreach (var earlier in Rounds(context.Store, context.Id).Where(earlier =>
            earlier < round && context.Store.Datasets.Newest(context.Id, earlier) is not null))
        {
            Freeze(context.Store, context.Id, earlier, LabelsCame, context.Inputs, null, context.Cancellation);
        }

        var frozen = Freeze(context.Store, context.Id, round, Ended, context.Inputs, key, context.Cancellation);
        context.Publish(new DatasetsFrozenEvent(round, frozen.Version, frozen.Rows, frozen.Bytes));
    }

    private static DatasetVersion Freeze(
        Store store, RunId run, int round, string reason, IRunInputs? inputs, UnitKey? unit, CancellationToken cancellation) =>
        store.Datasets.Freeze(run, round, reason, () => RoundFactsBuilder.Gather(store, run, round, inputs), unit, cancellation);
}
