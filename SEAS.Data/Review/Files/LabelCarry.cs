using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Review.Queue;
using SEAS.Data.Storage;

namespace SEAS.Data.Review.Files;

/// <summary>What carrying labels over would do; nothing is stored yet.</summary>
/// <param name="From">The run that has the labels.</param>
/// <param name="To">The run that gets them.</param>
/// <param name="Labels">Labels that stand in the first run.</param>
/// <param name="Matched">Items of the second run with a text that has a label in the first.</param>
/// <param name="New">Labels that would be stored; a person's own label in the second run stays as it is.</param>
public sealed record CarryPreview(RunId From, RunId To, int Labels, int Matched, int New)
{
    /// <summary>What would be stored.</summary>
    internal IReadOnlyList<NewDecision> Decisions { get; init; } = [];
}

/// <summary>Carries labels from one run to another, to items that say the same: first a preview, then all of it or nothing.</summary>
public sealed class LabelCarry
{
    private readonly SqliteConnections _connections;
    private readonly ReviewStore _review;

    internal LabelCarry(SqliteConnections connections, ReviewStore review)
    {
        _connections = connections;
        _review = review;
    }

    /// <summary>Says what carrying over would do. Stores nothing.</summary>
    /// <remarks>If a person labelled the same text several times, their newest label goes.</remarks>
    /// <exception cref="RunNotFoundException">One of the runs is not there.</exception>
    /// <exception cref="ArgumentException">It is twice the same run.</exception>
    public CarryPreview Preview(RunId fromRun, RunId toRun)
    {
        if (fromRun == toRun)
        {
            throw new ArgumentException(
                $"Labels should be carried to another run, but {toRun} has them. Choose another one.", nameof(toRun));
        }

        foreach (var run in new[] { fromRun, toRun })
        {
            if (!_connections.HasRun(run))
            {
                throw new RunNotFoundException(run);
            }
        }

        var hashes = _review.Items.ContentHashes(fromRun);
        var labels = _review.Decisions.Current(fromRun)
            .Where(decision => decision.Kind is DecisionKind.Submit or DecisionKind.Adjudicate)
            .ToList();
        var newest = labels
            .GroupBy(label => (Hash: hashes[label.Item], Person: Person(label)))
            .Select(ofText => (ofText.Key.Hash, Label: ofText.MaxBy(label => label.Id)!));
        var there = _review.Decisions.Current(toRun).Select(decision => (decision.Item, Person(decision))).ToHashSet();
        var index = new ItemIndex(_connections, toRun);
        var matched = newest
            .SelectMany(text => index.OfContent(text.Hash).Select(item => (Item: item, text.Label)))
            .ToList();
        var decisions = matched
            .Where(match => !there.Contains((match.Item, Person(match.Label))))
            .Select(match => Carried(match.Item, match.Label))
            .ToList();
        return new CarryPreview(fromRun, toRun, labels.Count, matched.Select(match => match.Item).Distinct().Count(), decisions.Count)
        {
            Decisions = decisions,
        };
    }

    /// <summary>Stores what a preview showed, in one transaction; labels that came since stay as they are.</summary>
    /// <returns>How many labels were stored.</returns>
    /// <exception cref="ReviewItemNotFoundException">The run was deleted since; nothing was stored.</exception>
    public int Apply(CarryPreview preview)
    {
        var stored = _connections.Write((connection, transaction) =>
        {
            var log = _review.Decisions.Log(connection, transaction, preview.To);
            return preview.Decisions.Count(decision =>
            {
                var place = ItemPlace.Of(connection, transaction, decision.Item);
                if (log.Standing(decision) is not null)
                {
                    return false;
                }

                log.Record(place, decision);
                return true;
            });
        });
        if (stored > 0)
        {
            _review.Changes.Ring(preview.To);
        }

        return stored;
    }

    // An item has one lead's label, whoever gave it.
    private static (string Name, bool Gold) Person(Decision decision) =>
        decision.Kind == DecisionKind.Adjudicate ? ("", true) : (decision.Annotator, false);

    private static NewDecision Carried(long item, Decision label) => new(
        item,
        label.Annotator,
        label.Kind,
        label.Answers,
        label.Seconds,
        FormattableString.Invariant($"run {label.Run}, decision {label.Id}"),
        GuidelineVersion: 0,
        label.SuggestionShown,
        DecisionOrigin.Carried,
        Batch: label.Run.Value,
        Token: null);
}
