using SEAS.Data.Contracts.Ids;

namespace SEAS.Training.Lineage;

/// <summary>A row that was made again, beside what was recorded of it.</summary>
/// <param name="Id">The row.</param>
/// <param name="What">What was made again: its text, its score, …</param>
/// <param name="Recorded">As the store has it.</param>
/// <param name="Again">As it came out now.</param>
internal sealed record ReplayFinding(RowId Id, string What, string Recorded, string Again)
{
    public bool IsEqual => string.Equals(Recorded, Again, StringComparison.Ordinal);
}

/// <summary>What came of making a chain again.</summary>
/// <param name="Findings">The rows of the chain.</param>
/// <param name="Company">What was made again with them, because it was made with them the first time: one sentence a unit of work.</param>
internal sealed record ReplayReport(IReadOnlyList<ReplayFinding> Findings, IReadOnlyList<string> Company)
{
    public bool IsEqual => Findings.All(finding => finding.IsEqual);
}
