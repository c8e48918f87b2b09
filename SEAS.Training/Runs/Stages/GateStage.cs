using System.Globalization;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Ledger;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.Runs.Stages;

/// <summary>Holds a round's figures against the limits of the plan: what is missed becomes an alert, and stops the run if the plan says so.
/// A run that is resumed goes past it.</summary>
internal static class GateStage
{
    /// <summary>Looks at a round once; needs its evaluation.</summary>
    /// <exception cref="RunHeldException">A limit is missed, and the plan says to stop.</exception>
    public static void Run(LoopContext context, int round)
    {
        var (gates, unit) = (context.Plan.Gates, LedgerUnits.Gates(round));
        if (!gates.IsSet || context.Done<GateReading>(unit) is not null)
        {
            return;
        }

        var row = StoredJson.Read<EvaluationRow>(
            context.Store.Evaluations.List(context.Id).Single(stored => stored.Iteration == round).Json);
        var reading = context.Once(unit, () => new GateReading(round, [.. Missed(gates, row, context.Plan)]));
        foreach (var missed in reading.Missed)
        {
            context.Publish(new AlertEvent($"Round {round}: {missed}"));
        }

        if (gates.Stop && reading.Missed.Count > 0)
        {
            throw new RunHeldException(round, reading.Missed);
        }
    }

    /// <summary>The limits that a round's figures miss, a sentence each.</summary>
    internal static IEnumerable<string> Missed(GatePlan gates, EvaluationRow row, RunPlan plan)
    {
        var sets = (row.Sets ?? []).Where(set => set.Safe is not null).ToList();
        double? refused = row.OverRefusal?.Refused.Rate ?? (sets.Count == 0 ? null : sets.Max(set => set.Safe!.Refused.Rate));
        double? f1 = row.Static?.Guard?.Confusion().F1;
        string?[] missed =
        [
            AtMost("over-refusal", nameof(GatePlan.OverRefusalAtMost), gates.OverRefusalAtMost, refused),
            AtLeast("usefulness", nameof(GatePlan.UsefulnessAtLeast), gates.UsefulnessAtLeast, row.Usefulness?.Correct.Rate),
            AtMost("the share of near-duplicates among the attacker's prompts", nameof(GatePlan.NearDuplicatesAtMost), gates.NearDuplicatesAtMost,
                row.Diversity.Diversity.NearDuplicates),
            AtLeast("the guard's F1 on the held-out prompts", nameof(GatePlan.GuardF1AtLeast), gates.GuardF1AtLeast, f1),
            Pairs("R", ModelRole.Red, row.Pairs?.Red), Pairs("T", ModelRole.Target, row.Pairs?.Target),
        ];
        return missed.OfType<string>();

        string? Pairs(string who, ModelRole role, int? found) => gates.PairsAtLeast is { } least && !plan.IsFixed(role) && !(found >= least)
            ? $"{who} had {found ?? 0} preference pairs; Gates.{nameof(GatePlan.PairsAtLeast)} asks for at least {least}."
            : null;
    }

    private static string? AtMost(string what, string limit, double? most, double? found) => most is not { } bound || found <= bound
        ? null
        : found is null ? NotMeasured(what, limit) : $"{what} is {Shown(found.Value)}; Gates.{limit} allows at most {Shown(bound)}.";

    private static string? AtLeast(string what, string limit, double? least, double? found) => least is not { } bound || found >= bound
        ? null
        : found is null ? NotMeasured(what, limit) : $"{what} is {Shown(found.Value)}; Gates.{limit} asks for at least {Shown(bound)}.";

    private static string NotMeasured(string what, string limit) =>
        $"{what} is not measured in this run, so Gates.{limit} cannot be held. Name prompts that measure it, or leave the limit out.";

    private static string Shown(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");
}

/// <summary>What a round's figures missed, as the ledger has it.</summary>
/// <param name="Round">The round.</param>
/// <param name="Missed">A sentence for each limit that was missed.</param>
internal sealed record GateReading(int Round, IReadOnlyList<string> Missed);
