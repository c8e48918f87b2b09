using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Training.Hosting;
using SEAS.Training.Inputs;
using SEAS.Training.Pairing;
using SEAS.Training.Review;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Feed;
using SEAS.Training.Runs.Plan;
using SEAS.Training.Runs.Stages;

namespace SEAS.Training.Lab.ReviewStudy;

/// <summary>What a study of review does.</summary>
public sealed record ReviewStudySettings
{
    /// <summary>The preset that is run.</summary>
    public string Preset { get; init; } = Presets.Names[0];

    /// <summary>Seeds of the runs.</summary>
    public IReadOnlyList<long> Seeds { get; init; } = [1];

    /// <summary>k: labels a round.</summary>
    public IReadOnlyList<int> Labels { get; init; } = [0, 50, 100, 200, 400];

    /// <summary>Which items are labelled.</summary>
    public IReadOnlyList<AnnotatorOrder> Orders { get; init; } = [AnnotatorOrder.Queue, AnnotatorOrder.Random];

    /// <summary>The guard is made worse by this much; see <see cref="RunPlan.GuardFlipShare"/>.</summary>
    public double FlipShare { get; init; } = 0.2;

    /// <summary>Measure the first round's pairs only: no tuning, minutes in place of hours.</summary>
    public bool PairsOnly { get; init; }

    /// <summary>More changes of the plan, by name.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];
}

/// <summary>One measurement of a study.</summary>
/// <param name="Seed">The run's seed.</param>
/// <param name="Order">Which items were labelled.</param>
/// <param name="Labels">Labels a round.</param>
/// <param name="Run">The run that it was measured on.</param>
/// <param name="WrongPairs">Wrong pairs of all rounds that were measured.</param>
/// <param name="Pairs">Pairs of these rounds.</param>
/// <param name="WrongShare">Their ratio.</param>
/// <param name="WrongTargetShare">Wrong pairs of T / pairs of T.</param>
/// <param name="TrueAsr">The last target's attack success on held-out prompts, by truth; null where nothing was tuned.</param>
/// <param name="TrueMatrixAsr">The same for the prompts of the last attacker.</param>
/// <param name="Asr">The attack success on held-out prompts by the guard as it is.</param>
/// <param name="OverRefusal">Harmless requests that the last target refuses.</param>
public sealed record ReviewStudyRow(
    long Seed, AnnotatorOrder Order, int Labels, string Run, int WrongPairs, int Pairs, double WrongShare, double WrongTargetShare,
    double? TrueAsr, double? TrueMatrixAsr, double? Asr, double? OverRefusal);

/// <summary>
/// Measures what labels are worth: runs with a guard made worse on purpose, labelled by the built-in truth through the queue that
/// people use.
/// </summary>
public static class ReviewStudy
{
    /// <summary>Runs the study.</summary>
    /// <param name="store">Where its runs are kept; whole runs that are finished there are not done again, stopped ones go on.</param>
    /// <param name="feed">Where they report.</param>
    /// <param name="settings">What is done.</param>
    /// <param name="measured">Called with each row as it is there.</param>
    /// <param name="cancellation">Stops it between units of work.</param>
    public static IReadOnlyList<ReviewStudyRow> Run(
        Store store, RunFeed feed, ReviewStudySettings settings, Action<ReviewStudyRow> measured, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var rows = new List<ReviewStudyRow>();
        foreach (var seed in settings.Seeds)
        {
            var study = new SeedStudy(store, feed, settings, seed, cancellation);
            foreach (var row in settings.PairsOnly ? study.FirstRounds() : study.WholeRuns())
            {
                rows.Add(row);
                measured(row);
            }
        }

        return rows;
    }
}

/// <summary>One seed's part of a study.</summary>
internal sealed class SeedStudy(Store store, RunFeed feed, ReviewStudySettings settings, long seed, CancellationToken cancellation)
{
    /// <summary>The first round's wrong pairs for each k, each order labelled through once.</summary>
    public IEnumerable<ReviewStudyRow> FirstRounds()
    {
        using var unlabelled = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var origin = Execute(Plan(labels: 1), new SimulatedAnnotator(AnnotatorOrder.Queue, (_, _) => unlabelled.Cancel()), unlabelled);
        return FirstRounds(origin);
    }

    /// <summary>The same on the attacks of a run that is there.</summary>
    public IEnumerable<ReviewStudyRow> FirstRounds(RunId origin)
    {
        foreach (var order in settings.Orders)
        {
            using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var most = settings.Labels.Max();
            var rows = new List<ReviewStudyRow>();
            Execute(Plan(most, origin), new SimulatedAnnotator(order, Measure), done);
            foreach (var row in rows)
            {
                yield return row;
            }

            void Measure(ReviewWaiting waiting, int given)
            {
                if (settings.Labels.Contains(given))
                {
                    rows.Add(Row(order, given, waiting.Run, OfNow(waiting), evaluation: null));
                }

                if (given >= Math.Min(most, waiting.Wanted))
                {
                    done.Cancel();
                }
            }
        }
    }

    /// <summary>Whole runs, one for each order and k; what comes before the first label is done once.</summary>
    public IEnumerable<ReviewStudyRow> WholeRuns()
    {
        using var whole = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var origin = Execute(Plan(labels: 0), new LabelGate(), whole, Known(Plan(labels: 0), order: null));
        foreach (var labels in settings.Labels)
        {
            foreach (var order in settings.Orders)
            {
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                var plan = labels == 0 ? Plan(labels: 0) : Plan(labels, origin);
                var run = labels == 0 ? origin
                    : Execute(plan, new SimulatedAnnotator(order, (_, _) => { }), stop, Known(plan, order));
                var wrong = Enumerable.Range(1, plan.Rounds).Select(round => WrongPairs.OfRound(store, run, round))
                    .Aggregate((a, b) => a + b);
                yield return Row(
                    order, labels, run, wrong,
                    StoredJson.Read<EvaluationRow>(store.Evaluations.List(run).Single(row => row.Iteration == plan.Rounds).Json));
            }
        }
    }

    private ReviewStudyRow Row(AnnotatorOrder order, int labels, RunId run, WrongPairs wrong, EvaluationRow? evaluation) => new(
        seed, order, labels, run.Value, wrong.Red + wrong.Target, wrong.RedOf + wrong.TargetOf, Math.Round(wrong.Share, 4),
        wrong.TargetOf == 0 ? 0 : Math.Round((double)wrong.Target / wrong.TargetOf, 4), evaluation?.Static?.TrueAsr?.Rate,
        evaluation?.Cells.Single(cell => cell.Red == evaluation.Iteration && cell.Target == evaluation.Iteration).TrueAsr?.Rate,
        evaluation?.Static?.Asr.Rate, evaluation?.OverRefusal?.Refused.Rate);

    private static WrongPairs OfNow(ReviewWaiting waiting)
    {
        var plan = RunPlanText.Read(waiting.Store.Runs.Get(waiting.Run).PlanJson);
        var isFluent = RunInputs.Fluency(plan);
        var attacks = JudgedAttack.Load(waiting.Store, waiting.Run, waiting.Round);
        var book = EffectiveLabelIndex.Now(waiting.Store, waiting.Run, waiting.Round);
        return WrongPairs.Of(RoundSelection.Of(waiting.Round, book.Apply(attacks), plan, isFluent), attacks, plan.RedUpdate, isFluent);
    }

    private RunPlan Plan(int labels, RunId? origin = null)
    {
        var plan = RunPlanText.With(Presets.Plan(settings.Preset, seed), settings.Changes);
        return plan with
        {
            GuardFlipShare = settings.FlipShare,
            Review = plan.Review with { WaitForLabels = labels },
            Branch = origin is { } parent ? new BranchPlan(parent.Value, Round: 1, Review: true) : null,
        };
    }

    // What an interrupted study left: a run of this very plan that nobody labelled in another order.
    private Run? Known(RunPlan plan, AnnotatorOrder? order) => store.Runs.List().FirstOrDefault(run =>
        run.Seed == plan.Seed && run.ConfigHash == RunPlanText.Hash(plan)
        && store.Review.Decisions.Current(run.Id).All(said => order is { } known && said.Annotator == SimulatedAnnotator.Name(known)));

    // A run that stopped on purpose counts as done; one that was stopped from outside does not.
    private RunId Execute(RunPlan plan, IReviewGate gate, CancellationTokenSource stop, Run? known = null)
    {
        if (known?.Status == RunStatus.Finished)
        {
            return known.Id;
        }

        var executor = new RunExecutor(store, feed, gate);
        var run = known ?? executor.Create(plan);
        store.Review.Settings.Save(run.Id, store.Review.Settings.Get(run.Id) with { OverlapShare = 0 });
        try
        {
            executor.Execute(run.Id, stop.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The annotator had seen enough.
        }

        return run.Id;
    }
}
