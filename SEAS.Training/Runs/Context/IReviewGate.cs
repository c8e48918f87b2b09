using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Training.Runs.Ledger;

namespace SEAS.Training.Runs.Context;

/// <summary>Holds a round that waits for people, on the training thread.</summary>
public interface IReviewGate
{
    /// <summary>Returns as soon as the round may choose its pairs.</summary>
    /// <param name="waiting">What is waited for.</param>
    /// <param name="cancellation">Ends the wait; the run stops, and waits again when it is resumed.</param>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    void Wait(ReviewWaiting waiting, CancellationToken cancellation);
}

/// <summary>A round that waits for labels.</summary>
/// <param name="Store">The store that the labels come into.</param>
/// <param name="Run">The run.</param>
/// <param name="Round">The round.</param>
/// <param name="Wanted">Labels that are enough: the plan's number, or all items if there are fewer.</param>
public sealed record ReviewWaiting(Store Store, RunId Run, int Round, int Wanted)
{
    /// <summary>Called with the labels so far, whenever there are more or fewer.</summary>
    public Action<int> Report { get; init; } = _ => { };

    /// <summary>Labels of the round that are in effect now.</summary>
    public int Labels => Store.Review.Decisions.Effective(Run, Round).Count;

    /// <summary>True once a person has said "go on", in this process or in one before it.</summary>
    public bool IsReleased => Store.Units.IsDone(Run, LedgerUnits.ReviewReleased(Round));
}
