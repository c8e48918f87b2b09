using SEAS.Data;
using SEAS.Data.Contracts.Review;
using SEAS.Training.Review;

namespace SEAS.Web.Live.Review;

/// <summary>Labels a near-duplicate group at once: only after each member was shown, only the members that a person left in.</summary>
public sealed class GroupLabelling
{
    private readonly Store _store;
    private readonly string _annotator;
    private readonly int _guidelineVersion;
    private readonly HashSet<long> _seen = [];
    private readonly HashSet<long> _left = [];

    /// <param name="store">Where the group lies.</param>
    /// <param name="item">One of the group.</param>
    /// <param name="annotator">Who labels.</param>
    /// <param name="guidelineVersion">By which guidelines.</param>
    public GroupLabelling(Store store, ReviewItem item, string annotator, int guidelineVersion)
    {
        (_store, _annotator, _guidelineVersion) = (store, annotator, guidelineVersion);
        Members = [.. store.Review.Items.Group(item.Run, item.Group)
            .Where(member => member.Kind == item.Kind && member.State is ReviewState.Pending or ReviewState.Partial)];
    }

    /// <summary>Who waits, the item in hand among them.</summary>
    public IReadOnlyList<ReviewItem> Members { get; }

    /// <summary>Members that the label would be given to.</summary>
    public int Chosen => Members.Count - _left.Count;

    /// <summary>Members that nobody has looked at yet.</summary>
    public int Unseen => Members.Count(member => !_seen.Contains(member.Key) && !_left.Contains(member.Key));

    /// <summary>Whether a member's text was shown.</summary>
    public bool IsSeen(long member) => _seen.Contains(member);

    /// <summary>Whether a member stays out.</summary>
    public bool IsLeftOut(long member) => _left.Contains(member);

    /// <summary>A member's text is shown; it counts as seen, and as exposure.</summary>
    public void Look(ReviewItem member)
    {
        if (_seen.Add(member.Key))
        {
            _store.Review.Annotators.Expose(_annotator, harmful: member.Unsafe ?? true);
        }
    }

    /// <summary>Takes a member out, or in again.</summary>
    public void Toggle(long member)
    {
        if (!_left.Remove(member))
        {
            _left.Add(member);
        }
    }

    /// <summary>Gives all chosen members the same answers; texts written for one item stay with that item.</summary>
    /// <returns>Who has the label now.</returns>
    /// <exception cref="InvalidOperationException">A member was not looked at.</exception>
    public GroupOutcome Label(LabelAnswers answers, double seconds)
    {
        if (Unseen > 0)
        {
            throw new InvalidOperationException($"{Unseen} of {Chosen} members were not looked at. Show them first, or leave them out.");
        }

        var batch = Guid.NewGuid().ToString("N");
        var shared = answers with { Note = null, Corrected = null };
        var chosen = Members.Where(member => !_left.Contains(member.Key)).ToList();
        var stored = _store.Review.Decisions.RecordAll([.. chosen.Select(member => new NewDecision(
            member.Key, _annotator, DecisionKind.Submit, shared, seconds / chosen.Count, Reason: null, _guidelineVersion,
            SuggestionShown: false, DecisionOrigin.Bulk, batch, Token: null))]);
        return new GroupOutcome([.. stored.Select(decision => decision.Item)], chosen.Count - stored.Count);
    }
}

/// <summary>What became of a group's labels.</summary>
/// <param name="Labelled">Members that have the label.</param>
/// <param name="Passed">Members that others are at, or that had a label already.</param>
public sealed record GroupOutcome(IReadOnlyList<long> Labelled, int Passed);
