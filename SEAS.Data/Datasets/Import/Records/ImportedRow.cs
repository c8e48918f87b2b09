namespace SEAS.Data.Datasets.Import.Records;

/// <summary>One row of a file, whatever format it came in. What the file does not say is null.</summary>
/// <param name="Row">
/// Where it stands: a table's row as a spreadsheet counts it, the line of a file of lines, the element of an array; from 1.
/// </param>
/// <param name="Prompt">What the model is asked: the last turn of the user. Never empty.</param>
public sealed record ImportedRow(int Row, string Prompt)
{
    /// <summary>The row's own name in the file.</summary>
    public string? Id { get; init; }

    /// <summary>The type of the prompt, as the file spells it.</summary>
    public string? Category { get; init; }

    /// <summary>Where the file says that the row comes from.</summary>
    public string? Source { get; init; }

    /// <summary>Whether the file calls the prompt safe to answer.</summary>
    public bool? IsSafe { get; init; }

    /// <summary>The system message.</summary>
    public string? System { get; init; }

    /// <summary>The turns between the system message and the prompt, oldest first; empty if the prompt opens the conversation.</summary>
    public IReadOnlyList<ChatTurn> History { get; init; } = [];

    /// <summary>The answer: what to learn, or what was judged.</summary>
    public string? Answer { get; init; }

    /// <summary>The preferred answer.</summary>
    public string? Chosen { get; init; }

    /// <summary>The other one.</summary>
    public string? Rejected { get; init; }

    /// <summary>What the file says of the answer.</summary>
    public string? Label { get; init; }

    /// <summary>Whatever else the file holds, by column.</summary>
    public IReadOnlyDictionary<string, string> Extra { get; init; } = NoExtra;

    /// <summary>Why the row says nothing that could be taken, such as an answer that a failed call left out; null for most rows.</summary>
    /// <remarks>Such rows are counted under this name and go no further.</remarks>
    internal string? LeftOutAs { get; init; }

    private static readonly IReadOnlyDictionary<string, string> NoExtra = new Dictionary<string, string>(StringComparer.Ordinal);
}
