using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Training.Review;

namespace SEAS.Web.Live.Review;

/// <summary>Changed pairs as a person who labels one answer would speak of them.</summary>
internal sealed class OutlookWords(ReviewItem item, IReadOnlyList<AttackCase> answers)
{
    /// <summary>A sentence for each model's pair of this prompt, and one for all other pairs.</summary>
    public IReadOnlyList<string> Of(IReadOnlyCollection<PairChange> changes)
    {
        var own = changes.Where(IsOwn).ToList();
        var others = changes.Count - own.Count;
        return [.. own.OrderBy(change => Pair(change).Role).Select(Sentence), .. others switch
        {
            0 => Array.Empty<string>(),
            1 => ["One pair of another seed or prompt changes with it."],
            _ => [FormattableString.Invariant($"{others} pairs of other seeds and prompts change with it.")],
        }];
    }

    private static PreferencePair Pair(PairChange change) => (change.With ?? change.Without)!;

    private bool IsOwn(PairChange change) => PairPlace.Of(Pair(change)) is var place && place.Role == ModelRole.Red
        ? place.Seed == item.SeedIndex
        : string.Equals(place.Prompt, item.PromptText, StringComparison.Ordinal);

    private string Sentence(PairChange change) => Pair(change).Role == ModelRole.Red ? Red(change) : Target(change);

    private string Red(PairChange change)
    {
        var happens = change.Kind switch
        {
            PairChangeKind.Added => "gains a pair",
            PairChangeKind.Removed => "loses its pair",
            PairChangeKind.Flipped => "turns its pair round",
            _ => "gets another pair",
        };
        var place = (Place(change.Without), Place(change.With)) switch
        {
            (_, { } now) => $" (this prompt {(Place(change.Without) == now ? "stays" : "becomes")} {now})",
            ({ } before, null) => $" (this prompt is no longer {before})",
            _ => "",
        };
        return FormattableString.Invariant($"R: seed {item.SeedIndex} {happens}{place}.");
    }

    private string? Place(PreferencePair? pair) =>
        pair is null ? null : pair.Chosen == item.PromptText ? "chosen" : pair.Rejected == item.PromptText ? "rejected" : null;

    private string Target(PairChange change) => change switch
    {
        { With: null, Without: { } lost } => $"T: {Name(lost.Chosen, "safe")} is no longer preferred over {Name(lost.Rejected, "unsafe")}.",
        { With: { } now, Without: { } before } =>
            $"T: {Over(now)}, no longer {Name(before.Chosen, "safe")} over {Name(before.Rejected, "unsafe")}.",
        _ => $"T: {Over(change.With!)}.",
    };

    private string Over(PreferencePair pair) => $"{Name(pair.Chosen, "safe")} is preferred over {Name(pair.Rejected, "unsafe")}";

    private string Name(string text, string verdict)
    {
        if (string.Equals(text, item.AnswerText, StringComparison.Ordinal))
        {
            return "this one";
        }

        var known = answers.FirstOrDefault(answer => string.Equals(answer.AnswerText, text, StringComparison.Ordinal));
        return known is null ? $"another answer ({verdict})" : FormattableString.Invariant($"answer {known.AnswerIndex + 1} ({verdict})");
    }
}
