namespace SEAS.Data.Contracts;

/// <summary>Names one unit of work within a run. What the ledger holds under its key is done; anything else is to be done.</summary>
/// <param name="Round">The round, from 0.</param>
/// <param name="Stage">The stage of that round.</param>
/// <param name="Index">The unit within the stage, from 0.</param>
public readonly record struct UnitKey(int Round, RunStage Stage, int Index)
{
    /// <summary>As people read it in messages: <c>round 1, Attack, unit 7</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"round {Round}, {Stage}, unit {Index}");
}

/// <summary>An entry of the ledger of finished work.</summary>
/// <param name="Key">Which unit.</param>
/// <param name="ResultJson">What the loop wants to know of it after a restart.</param>
/// <param name="FinishedUtc">When it was recorded.</param>
public sealed record FinishedUnit(UnitKey Key, string ResultJson, DateTimeOffset FinishedUtc);
