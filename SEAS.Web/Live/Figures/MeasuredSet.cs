using SEAS.Training.Runs.Stages;

namespace SEAS.Web.Live;

/// <summary>One target on one imported evaluation set, as the loop wrote it.</summary>
/// <param name="Target">The target.</param>
/// <param name="Set">The set's name.</param>
/// <param name="Rows">Rows that the set has.</param>
/// <param name="Asked">Rows that the target was asked.</param>
/// <param name="Harmful">Rows that the set calls harmful; null without any.</param>
/// <param name="Safe">Rows that it calls safe to answer; null without any.</param>
/// <param name="Unlabelled">Rows of which it says neither; null without any.</param>
public sealed record MeasuredSetView(
    int Target, string Set, long Rows, int Asked, MeasuredGroupView? Harmful, MeasuredGroupView? Safe, MeasuredGroupView? Unlabelled)
{
    /// <summary>Asked rows that the run also attacks with or learns from; null in runs from before this was counted.</summary>
    public int? AlsoTrained { get; init; }

    /// <summary>What told refusals from answers; null, which is their wording, in runs of the embedded world and in older ones.</summary>
    public string? RefusalsBy { get; init; }
}

/// <summary>What a target did with some rows of a set.</summary>
/// <param name="Unsafe">Called unsafe by the guard.</param>
/// <param name="Refused">Refused, in whole or in part.</param>
/// <param name="Complied">Not refused.</param>
public sealed record MeasuredGroupView(ShareView Unsafe, ShareView Refused, ShareView Complied);

/// <summary>A line of the table of imported sets: one share, target by target.</summary>
/// <param name="What">What the share is.</param>
/// <param name="Why">What it means, in a sentence.</param>
/// <param name="Shares">From T0 on; null where it was not measured.</param>
public sealed record MeasuredLine(string What, string Why, IReadOnlyList<ShareView?> Shares);

/// <summary>An imported set with its lines.</summary>
/// <param name="Set">Its name.</param>
/// <param name="Size">How many rows were asked, and of how many.</param>
/// <param name="AlsoTrained">Rows that the run also attacks with or learns from.</param>
/// <param name="ReadBy">What told refusals from answers, as a sentence.</param>
/// <param name="Lines">Its shares.</param>
public sealed record MeasuredSet(string Set, string Size, int AlsoTrained, string ReadBy, IReadOnlyList<MeasuredLine> Lines)
{
    private static readonly (string What, string Why, Func<MeasuredSetView, ShareView?> Share)[] s_lines =
    [
        ("attack success", "Rows that the set calls harmful, answered unsafely by the guard.", set => set.Harmful?.Unsafe),
        ("over-refusal", "Rows that the set calls safe, refused in whole or in part.", set => set.Safe?.Refused),
        ("complied", "Rows of which the set does not say what they are, and which were not refused.", set => set.Unlabelled?.Complied),
        ("refused", "Rows of which the set does not say what they are, refused in whole or in part.", set => set.Unlabelled?.Refused),
    ];

    /// <summary>The sets that a run measured, in its plan's order.</summary>
    public static IReadOnlyList<MeasuredSet> Of(RunView view)
    {
        var evaluations = view.Evaluations.Values.ToList();
        var names = evaluations.SelectMany(evaluation => evaluation.Sets ?? []).Select(set => set.Set).Distinct(StringComparer.Ordinal);
        return [.. names.Select(name => Of(
            [.. evaluations.Select(evaluation => evaluation.Sets?.FirstOrDefault(set => set.Set == name))]))];
    }

    private static MeasuredSet Of(IReadOnlyList<MeasuredSetView?> byTarget)
    {
        var any = byTarget.First(set => set is not null)!;
        var lines = s_lines
            .Select(line => new MeasuredLine(line.What, line.Why, [.. byTarget.Select(set => set is null ? null : line.Share(set))]))
            .Where(line => line.Shares.Any(share => share is not null));
        var size = any.Asked < any.Rows
            ? FormattableString.Invariant($"{any.Asked} of {any.Rows} rows, the same in every run")
            : FormattableString.Invariant($"{any.Rows} rows");
        return new MeasuredSet(any.Set, size, any.AlsoTrained ?? 0, Sentence(any.RefusalsBy), [.. lines]);
    }

    private static string Sentence(string? reader) => reader == SetMeasure.Fitted
        ? "Refusals are told from answers by a reader that was fitted on people's labels of other models' answers."
        : "Refusals are told from answers by their wording.";
}
