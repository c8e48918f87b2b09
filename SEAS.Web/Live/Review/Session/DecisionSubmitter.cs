using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Training.Runs.Context;

namespace SEAS.Web.Live.Review;

/// <summary>What became of a decision.</summary>
internal enum DeskOutcome
{
    /// <summary>It is in the store.</summary>
    Stored,

    /// <summary>Somebody else has the item now; what was chosen and typed is kept as a draft.</summary>
    Lost,
}

/// <summary>Hands a person's decisions to the store, and holds on to what it will not take.</summary>
internal sealed class DecisionSubmitter(Store store, RunId run, string annotator)
{
    /// <summary>Stores a decision. A lease that merely ran out, with nobody else at the item, is taken up again.</summary>
    /// <exception cref="StoreException">The item is gone, or the store cannot write.</exception>
    public DeskOutcome Record(NewDecision decision)
    {
        try
        {
            store.Review.Decisions.Record(decision);
            return DeskOutcome.Stored;
        }
        catch (LeaseLostException)
        {
            return Regain(decision);
        }
    }

    /// <summary>Takes this person's last decision back; null if there is none.</summary>
    public Undone? Undo() => store.Review.Decisions.Undo(run, annotator);

    private DeskOutcome Regain(NewDecision decision)
    {
        try
        {
            if (store.Review.Queue.Open(decision.Item, annotator) is { } lease)
            {
                if (lease.Item.Submissions < lease.Item.Wanted)
                {
                    store.Review.Decisions.Record(decision with { Token = lease.Token });
                    return DeskOutcome.Stored;
                }

                store.Review.Queue.Release(lease.Token);   // labelled by others meanwhile: one more would be a mistake
            }
        }
        catch (LeaseLostException)
        {
            // Somebody was quicker, between the two lines above.
        }

        store.Review.Decisions.Record(decision with
        {
            Kind = DecisionKind.Draft, Token = null, Reason = "The lease had run out and somebody else had the item.",
        });
        return DeskOutcome.Lost;
    }
}
