using SEAS.Data.Contracts;

namespace SEAS.Data.Runs;

/// <summary>A row of the ledger; the domain keeps the first three columns together as a key.</summary>
internal sealed record UnitRow(int Round, RunStage Stage, int Index, string ResultJson, DateTimeOffset FinishedUtc)
{
    public FinishedUnit ToUnit() => new(new UnitKey(Round, Stage, Index), ResultJson, FinishedUtc);
}
