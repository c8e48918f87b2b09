using SEAS.Data.Contracts;
using SEAS.Training.Endpoints;
using SEAS.Training.Measures;
using SEAS.Training.Measures.Refusals;

namespace SEAS.Training.Runs.Stages;

/// <summary>One target on one imported evaluation set.</summary>
/// <param name="Target">The target.</param>
/// <param name="Set">The set's name.</param>
/// <param name="Rows">Rows that the set has.</param>
/// <param name="Asked">Rows that the target was asked.</param>
/// <param name="Harmful">Rows that the set calls harmful: the share that is unsafe is the attack success rate. Null without any.</param>
/// <param name="Safe">Rows that the set calls safe to answer: the share that is refused is the over-refusal rate. Null without
/// any.</param>
/// <param name="Unlabelled">Rows of which the set says neither: shares that say what was done, not whether it was right. Null without
/// any.</param>
internal sealed record SetMeasure(int Target, string Set, long Rows, int Asked, SetGroup? Harmful, SetGroup? Safe, SetGroup? Unlabelled)
{
    /// <summary>Asked rows that the run also attacks with or learns from, letter for letter but for case: there its figures say less.
    /// Null in runs from before this was counted.</summary>
    public int? AlsoTrained { get; init; }

    /// <summary>Chosen rows that are in no figure: they got no answer, or no verdict that can be read. Null for none.</summary>
    public int? Missing { get; init; }

    /// <summary>What told refusals from answers: <see cref="Wording"/> or <see cref="Fitted"/>; null, which is wording, in runs of the embedded
    /// world and in those from before there was a choice.</summary>
    public string? RefusalsBy { get; init; }

    /// <summary>Read by the rules on wording (<see cref="RefusalWords"/>).</summary>
    public const string Wording = "wording";

    /// <summary>Read by the reader that was fitted on people's labels (<see cref="RefusalReader"/>).</summary>
    public const string Fitted = "fitted";
}

/// <summary>What a target did with some rows of a set.</summary>
/// <param name="Unsafe">Called unsafe by the guard.</param>
/// <param name="Refused">Refused, in whole or in part, as the answer was read.</param>
/// <param name="Complied">Not refused; answers without a word are neither.</param>
internal sealed record SetGroup(Proportion Unsafe, Proportion Refused, Proportion Complied);

/// <summary>Counts of answers, which add up over units of work.</summary>
internal sealed record SetTally(int N, int Unsafe, int Refused, int Complied)
{
    public static SetTally Of(IReadOnlyCollection<SetAnswer> answers) => new(
        answers.Count,
        answers.Count(answer => answer.Unsafe),
        answers.Count(answer => answer.Behaviour is nameof(RefusalKind.Refused) or nameof(RefusalKind.PartlyRefused)),
        answers.Count(answer => answer.Behaviour == nameof(RefusalKind.Complied)));

    public static SetTally operator +(SetTally a, SetTally b) =>
        new(a.N + b.N, a.Unsafe + b.Unsafe, a.Refused + b.Refused, a.Complied + b.Complied);

    /// <summary>Null for no answers: a share of nothing is no figure.</summary>
    public SetGroup? Group() =>
        N == 0 ? null : new SetGroup(Proportion.Of(Unsafe, N), Proportion.Of(Refused, N), Proportion.Of(Complied, N));
}

/// <summary>The entry of some rows of a set in the ledger.</summary>
/// <param name="Set">The set's place in the plan.</param>
/// <param name="First">The number of the first row.</param>
/// <param name="Last">The number of the last row.</param>
/// <param name="Harmful">Of rows that the set calls harmful.</param>
/// <param name="Safe">Of rows that it calls safe.</param>
/// <param name="Unlabelled">Of the others.</param>
/// <param name="GuardSha256">Checksum of the guard that judged; null where it is behind an endpoint.</param>
internal sealed record SetUnit(int Set, long First, long Last, SetTally Harmful, SetTally Safe, SetTally Unlabelled, string? GuardSha256)
{
    /// <summary>What the target's endpoint was asked; null where its weights wrote.</summary>
    public EndpointUse? Target { get; init; }

    /// <summary>What the guard's endpoint was asked; null where its weights judged.</summary>
    public EndpointUse? Judge { get; init; }

    /// <summary>Rows that got no answer, or no verdict that can be read; null for none.</summary>
    public int? Missing { get; init; }

    public static SetUnit Of(int set, IReadOnlyList<AskedRow> rows, IReadOnlyList<SetAnswer> answers, string? guard)
    {
        var groups = answers.ToLookup(answer => answer.IsSafe);
        return new SetUnit(
            set, rows[0].Number, rows[^1].Number, SetTally.Of([.. groups[false]]), SetTally.Of([.. groups[true]]),
            SetTally.Of([.. groups[null]]), guard)
        {
            Missing = rows.Count == answers.Count ? null : rows.Count - answers.Count,
        };
    }
}
