using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;
using SEAS.Training.ModelFiles;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Plan;
using static TorchSharp.torch;

namespace SEAS.Training.Lineage;

/// <summary>Makes the rows of a chain again from what was recorded: seeds, weights, random streams, labels.</summary>
/// <remarks>
/// Texts are written in the company in which they were written, a unit of work at a time: a text depends on its own random stream alone,
/// but for ties of floating-point numbers, and those depend on the batch (docs/numerics.md). Runs on the calling thread, which owns every
/// tensor.
/// </remarks>
internal sealed class Replay
{
    private readonly RunRows _rows;
    private readonly List<ReplayFinding> _findings = [];
    private readonly List<string> _company = [];

    private Replay(RunRows rows) => _rows = rows;

    /// <summary>Makes every row of a chain again that can be.</summary>
    /// <param name="store">The store that holds the run.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="cancellation">Checked between batches.</param>
    /// <exception cref="CheckpointException">Weights are missing or damaged.</exception>
    /// <exception cref="RunPlanException">The run's device is not there.</exception>
    public static ReplayReport Of(Store store, LineageChain chain, CancellationToken cancellation) =>
        Of(RunRows.Open(store, chain.Asked), chain, cancellation);

    /// <inheritdoc cref="Of(Store, LineageChain, CancellationToken)"/>
    public static ReplayReport Of(RunRows rows, LineageChain chain, CancellationToken cancellation)
    {
        var replay = new Replay(rows);
        replay.Make(chain, cancellation);
        return new ReplayReport(replay._findings, replay._company);
    }

    private void Make(LineageChain chain, CancellationToken cancellation)
    {
        var device = ComputeDevice.Choose(_rows.Plan.Device);
        var units = chain.Links.Select(link => Unit(link.Id)).OfType<(int Round, int Index)>().Distinct().Order().ToList();
        var attack = new AttackReplay(_rows, device);
        foreach (var (round, index) in units)
        {
            var wanted = chain.Links.Where(link => Unit(link.Id) == (round, index)).Select(link => link.Id).ToList();
            _company.Add(attack.Make(round, index, wanted, _findings, cancellation));
        }

        foreach (var round in Of<PairId>(chain).GroupBy(pair => pair.Round))
        {
            Pairs(round.Key, [.. round]);
        }

        if (chain.Asked is SetAnswerId measured)
        {
            _company.Add(new SetReplay(_rows, device).Make(measured, _findings, cancellation));
        }

        Tuning(chain, device, cancellation);
    }

    private void Pairs(int round, IReadOnlyList<PairId> wanted)
    {
        var again = PairReplay.Select(_rows, round);
        foreach (var id in wanted)
        {
            var of = id.Role == ModelRole.Red ? again.Red : again.Target;
            _findings.Add(new ReplayFinding(
                id, "pair", Text(_rows.Require(_rows.Store.Lineage.Find(id), id)),
                id.Pair < of.Count ? Text(of[id.Pair]) : "no pair"));
        }

        _company.Add(FormattableString.Invariant(
            $"Round {round}: {again.Red.Count} pairs of R and {again.Target.Count} of T were chosen again from the verdicts."));
    }

    private void Tuning(LineageChain chain, Device device, CancellationToken cancellation)
    {
        var tuning = new TuningReplay(_rows, device);
        foreach (var steps in Of<StepId>(chain).GroupBy(step => (step.Role, step.Round)))
        {
            _findings.AddRange(tuning.Steps(steps.Key.Role, steps.Key.Round, [.. steps]));
        }

        // To tune again takes as long as the tuning took, so it is done only for weights that were asked for.
        if (chain.Asked is CheckpointId { Iteration: > 0 } checkpoint)
        {
            _findings.Add(tuning.Weights(checkpoint, cancellation));
        }
    }

    private (int Round, int Index)? Unit(RowId id) => id switch
    {
        SeedId seed => (seed.Round, _rows.Unit(seed.Seed)),
        PromptId prompt => Unit(prompt.From),
        AnswerId answer => Unit(answer.To),
        VerdictId verdict => Unit(verdict.On),
        _ => null,
    };

    private static IEnumerable<T> Of<T>(LineageChain chain) => chain.Links.Select(link => link.Id).OfType<T>();

    private static string Text(PreferencePair pair) =>
        $"{pair.Source}\nprompt: {pair.Prompt}\nchosen: {pair.Chosen}\nrejected: {pair.Rejected}";
}
