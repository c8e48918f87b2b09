using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Training.Review;

namespace SEAS.Web.Live.Review;

/// <summary>A verdict that another threshold would turn round.</summary>
/// <param name="Verdict">What it was given for, with its score.</param>
/// <param name="Unsafe">What it would be.</param>
/// <param name="Item">The item of review that it belongs to; null if nobody was asked.</param>
public sealed record ChangedVerdict(Verdict Verdict, bool Unsafe, long? Item)
{
    /// <summary>At most this many are listed.</summary>
    public const int Most = 50;

    /// <summary>The first of them, those nearest to the new threshold last: they are the least sure.</summary>
    internal static IReadOnlyList<ChangedVerdict> Of(RuleProposal proposal, IReadOnlyList<Verdict> verdicts, IEnumerable<ReviewItem> items)
    {
        var byPlace = items.Where(item => item is { Source: ReviewSource.Attack, Kind: ReviewKind.Answer })
            .ToDictionary(item => (item.Round, item.SeedIndex, item.PromptIndex, item.AnswerIndex), item => item.Key);
        return [.. proposal.Preview.ToUnsafe.Select(place => (place, true)).Concat(proposal.Preview.ToSafe.Select(place => (place, false)))
            .Select(change => (Verdict: verdicts[change.place], Unsafe: change.Item2))
            .OrderByDescending(change => Math.Abs(change.Verdict.Score - proposal.To.Threshold))
            .Take(Most)
            .Select(change => new ChangedVerdict(change.Verdict, change.Unsafe, byPlace.TryGetValue(
                (change.Verdict.Round, change.Verdict.SeedIndex, change.Verdict.PromptIndex, change.Verdict.AnswerIndex), out var key)
                    ? key
                    : null))];
    }
}
