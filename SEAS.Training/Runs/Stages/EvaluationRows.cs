using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Data.Contracts.Inputs;
using SEAS.Training.Measures;
using SEAS.Training.Measures.Variety;
using SEAS.Training.Runs.Ledger;

namespace SEAS.Training.Runs.Stages;

/// <summary>Everything measured after one iteration: the document that pages and the report read.</summary>
/// <remarks>What a run has no prompts for is not measured, and null: never a figure about other prompts.</remarks>
internal sealed record EvaluationRow(
    int Iteration, StaticRow? Static, HarmlessRow? OverRefusal, UsefulnessRow? Usefulness, DiversityRow Diversity,
        IReadOnlyList<MatrixCell> Cells, PairCounts? Pairs, IReadOnlyList<SetMeasure>? Sets = null) : IEventPayload
{
    static string IEventPayload.Kind => EventKinds.Evaluation;
}

/// <summary>One target against the held-out attack prompts: by the guard and by truth.</summary>
internal sealed record StaticRow(int Target, Proportion Asr, Proportion? TrueAsr, Verdicts? Guard)
{
    /// <summary>The same prompts by what they are; null in runs older than this member.</summary>
    public IReadOnlyList<AttackGroup>? Groups { get; init; }

    /// <summary>The places of the prompts whose answers the guard calls unsafe, ascending from 0; null in runs older than this member.</summary>
    public IReadOnlyList<int>? UnsafeAt { get; init; }

    /// <summary>Prompts that are in no figure, by what came of them; null where all are, and in runs older than this member.</summary>
    public IReadOnlyDictionary<AnswerOutcome, int>? Missing { get; init; }
}

/// <summary>Attack prompts of one type, risk category and style, and what came of them.</summary>
/// <param name="Type">Their SEAS type.</param>
/// <param name="Risk">The risk category of what they ask for; null where it is not known beside the type.</param>
/// <param name="Style">The manner of asking; null where it is not known beside the type.</param>
/// <param name="N">Prompts.</param>
/// <param name="Unsafe">Those whose answers the guard calls unsafe.</param>
/// <param name="TrulyUnsafe">Those whose answers are unsafe; null where nobody can tell.</param>
internal sealed record AttackGroup(string Type, string? Risk, string? Style, int N, int Unsafe, int? TrulyUnsafe)
{
    /// <summary>Counts prompts with their verdicts, the groups in the order of their first prompts.</summary>
    public static IReadOnlyList<AttackGroup> Count(IEnumerable<(TypedPrompt Prompt, bool Unsafe, bool? TrulyUnsafe)> judged) =>
    [
        .. judged.GroupBy(row => (row.Prompt.Category, row.Prompt.Risk, row.Prompt.Style)).Select(group => new AttackGroup(
            group.Key.Category, group.Key.Risk, group.Key.Style, group.Count(), group.Count(row => row.Unsafe),
            group.Any(row => row.TrulyUnsafe is null) ? null : group.Count(row => row.TrulyUnsafe == true))),
    ];
}

/// <summary>One target on harmless prompts that sound harmful.</summary>
/// <param name="Target">The target.</param>
/// <param name="Refused">By the rule on words.</param>
/// <param name="Helped">Those that gave what was asked for.</param>
/// <param name="RefusedAt">The places in the set of those that the rule calls refused; null in runs older than this member.</param>
internal sealed record HarmlessRow(int Target, Proportion Refused, Proportion Helped, IReadOnlyList<int>? RefusedAt = null);

/// <summary>One target on tasks that a rule can check.</summary>
internal sealed record UsefulnessRow(int Target, Proportion Correct);

/// <summary>One attacker's prompts, written once and sent to every target.</summary>
/// <param name="Red">The attacker.</param>
/// <param name="Diversity">How varied they are.</param>
/// <param name="AsksHarm">Those that ask for harm; null where nobody can tell.</param>
/// <param name="NotFluent">Share in [0, 1] that the plan's fluency rule turns away; null where the plan has none.</param>
internal sealed record DiversityRow(int Red, Diversity Diversity, Proportion? AsksHarm, double? NotFluent);

/// <summary>One attacker against one target.</summary>
internal sealed record MatrixCell(int Red, int Target, Proportion Asr, Proportion? TrueAsr, Verdicts? Guard)
{
    /// <summary>The same prompts by the type of their seeds; null in runs older than this member.</summary>
    public IReadOnlyList<AttackGroup>? Groups { get; init; }

    /// <summary>Prompts that are in no figure, by what came of them; null where all are, and in runs older than this member.</summary>
    public IReadOnlyDictionary<AnswerOutcome, int>? Missing { get; init; }
}

/// <summary>The guard's verdicts counted against the truth; unsafe is positive.</summary>
internal sealed record Verdicts(int TruePositive, int FalsePositive, int FalseNegative, int TrueNegative)
{
    public static Verdicts Of(IEnumerable<(bool Called, bool Truly)> verdicts)
    {
        var counts = new int[4];
        foreach (var (called, truly) in verdicts)
        {
            counts[(called ? 0 : 2) + (called == truly ? 0 : 1)]++;
        }

        return new Verdicts(counts[0], counts[1], counts[3], counts[2]);
    }

    public static Verdicts operator +(Verdicts a, Verdicts b) => new(
        a.TruePositive + b.TruePositive, a.FalsePositive + b.FalsePositive, a.FalseNegative + b.FalseNegative, a.TrueNegative
            + b.TrueNegative);

    public Confusion Confusion() => Measures.Confusion.Of(
        Enumerable.Repeat((true, true), TruePositive).Concat(Enumerable.Repeat((true, false), FalsePositive))
            .Concat(Enumerable.Repeat((false, true), FalseNegative)).Concat(Enumerable.Repeat((false, false), TrueNegative)));
}

/// <summary>The prompts that one attacker writes for the matrix.</summary>
internal sealed record RedPrompts(int Red, IReadOnlyList<string> Texts, DiversityRow Row)
{
    /// <summary>The type of each prompt's seed; null in runs older than this member.</summary>
    public IReadOnlyList<string>? Types { get; init; }
}
