namespace SEAS.Web.Live;

/// <summary>A round that waits for labels before it chooses its pairs.</summary>
/// <param name="Round">The round.</param>
/// <param name="Labels">Labels so far.</param>
/// <param name="Wanted">How many are enough.</param>
/// <param name="Items">Items that can be labelled.</param>
public sealed record WaitingView(int Round, int Labels, int Wanted, int Items)
{
    /// <summary>In a sentence.</summary>
    public string Words => FormattableString.Invariant($"Round {Round} waits for you: {Labels} of {Wanted} labels.");
}
