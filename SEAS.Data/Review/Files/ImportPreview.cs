using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Datasets.Import.Sources;

namespace SEAS.Data.Review.Files;

/// <summary>What an import would do; nothing is stored yet.</summary>
/// <param name="Run">The run.</param>
/// <param name="Path">The file.</param>
/// <param name="Format">What the file is: JSON, CSV, Argilla, Label Studio.</param>
/// <param name="Rows">Labels in the file, and rows without any.</param>
/// <param name="Unlabelled">Rows that nobody has labelled; they are passed over.</param>
/// <param name="Matched">Labels whose item was found.</param>
/// <param name="New">Labels that would be stored; those that are there already are not stored again.</param>
/// <param name="Problems">What is wrong, the first hundred; one is enough and nothing can be stored.</param>
/// <param name="ProblemCount">How many there are in all.</param>
public sealed record ImportPreview(
    RunId Run,
    string Path,
    string Format,
    int Rows,
    int Unlabelled,
    int Matched,
    int New,
    IReadOnlyList<RowError> Problems,
    long ProblemCount)
{
    /// <summary>Whether it can be applied.</summary>
    public bool IsSound => ProblemCount == 0;

    /// <summary>Earlier labels of a person for an item that a later one in the file takes the place of.</summary>
    public int SetAside { get; init; }

    /// <summary>What would be stored, with the row that each comes from.</summary>
    internal IReadOnlyList<(int Row, NewDecision Decision)> Labels { get; init; } = [];
}
