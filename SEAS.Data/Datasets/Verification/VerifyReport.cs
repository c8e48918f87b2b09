namespace SEAS.Data.Datasets.Verification;

/// <summary>What checking an export, or a frozen folder, came to.</summary>
/// <param name="Kind">What it is: <c>export</c> or <c>frozen round</c>; <c>unknown</c> without a readable manifest.</param>
/// <param name="Run">The run; null without a readable manifest.</param>
/// <param name="Files">Files whose bytes were checked.</param>
/// <param name="Rows">Rows that were looked at.</param>
/// <param name="Parents">Parents of rows that were found.</param>
/// <param name="ParentsElsewhere">Parents that lie outside of what was checked: another round's, or filtered out, with no store to
/// ask.</param>
/// <param name="Findings">What is wrong, the first hundred.</param>
/// <param name="FindingCount">How many there are in all.</param>
public sealed record VerifyReport(
    string Kind,
    string? Run,
    int Files,
    long Rows,
    long Parents,
    long ParentsElsewhere,
    IReadOnlyList<VerifyFinding> Findings,
    int FindingCount)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsSound => FindingCount == 0;
}

/// <summary>Something that is wrong.</summary>
/// <param name="File">The file, as the manifest or the zip calls it.</param>
/// <param name="Row">The row, from 1; null if it is the file as a whole.</param>
/// <param name="Problem">What was expected and what was found.</param>
public sealed record VerifyFinding(string File, long? Row, string Problem);
