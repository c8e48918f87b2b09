using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Records;

namespace SEAS.Data.Datasets.Import.Staging;

/// <summary>What a person asks for when they take a file in.</summary>
/// <param name="Path">The file.</param>
/// <param name="Purpose">What its rows are for.</param>
public sealed record SetRequest(string Path, DatasetPurpose Purpose)
{
    /// <summary>The set's name; null: the file's name without its endings.</summary>
    public string? Name { get; init; }

    /// <summary>The file's name as the person knows it, where <see cref="Path"/> is an upload; null: the name in the path.</summary>
    public string? FileName { get; init; }

    /// <summary>
    /// Which column or field of the file fills which of ours (<see cref="RowFields"/>): field → column. Others are detected.
    /// </summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = Nothing;

    /// <summary>The file's types → ours; wins over the profile.</summary>
    public IReadOnlyDictionary<string, string> Types { get; init; } = Nothing;

    /// <summary>A saved mapping of types; null: none.</summary>
    public string? TypeProfile { get; init; }

    /// <summary>From which score on an answer is unsafe, in a file of scores; null: as the file says itself.</summary>
    public double? Threshold { get; init; }

    /// <summary>Where the set comes from; null: what the format says.</summary>
    public string? Source { get; init; }

    /// <summary>What it may be used for.</summary>
    public string Licence { get; init; } = "";

    /// <summary>How the rows are split.</summary>
    public SplitShares Split { get; init; } = SplitShares.AllTrain;

    /// <summary>Take the good rows where others have problems; otherwise one problem means that nothing is taken.</summary>
    public bool TakeGoodRows { get; init; }

    /// <summary>Leave out rows that stand earlier in the file or in another set of the same purpose.</summary>
    public bool OnlyNew { get; init; }

    /// <summary>A file for all problems, one JSON object a line; null: none.</summary>
    public string? ErrorFile { get; init; }

    /// <summary>The file's checksum in the preview that was shown; another one is refused. Null: any.</summary>
    public string? ExpectedSha256 { get; init; }

    /// <summary>
    /// Names each text's group of near-duplicates, which stay on one side of the split; null: only texts that are equal, or that differ
    /// in numbers and quoted parts alone, are grouped.
    /// </summary>
    public Func<IReadOnlyList<string>, IReadOnlyList<string>>? Group { get; init; }

    /// <summary>The same for a set of more rows than are held in memory; null: as if <see cref="Group"/> were.</summary>
    public StreamedGrouping? GroupStreamed { get; init; }

    /// <summary>Look for near-duplicates among up to a million rows, which can take longer than taking them in; otherwise among up to
    /// 200,000.</summary>
    public bool GroupLarge { get; init; }

    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>Shares of a split, in parts of their sum.</summary>
/// <param name="Train">To learn from.</param>
/// <param name="Validation">To choose by.</param>
/// <param name="Test">To be looked at in the end.</param>
public sealed record SplitShares(int Train, int Validation, int Test)
{
    /// <summary>No split.</summary>
    public static SplitShares AllTrain { get; } = new(100, 0, 0);
}

/// <summary>Finds near-duplicates among more texts than the memory holds.</summary>
/// <param name="count">How many there are.</param>
/// <param name="texts">The texts with their numbers; can be read once.</param>
/// <param name="text">Gives one that was read again, by its number.</param>
/// <returns>Texts that are near an earlier one, with that one.</returns>
public delegate IEnumerable<(long Text, long Leader)> StreamedGrouping(
    long count, IEnumerable<(long Number, string Text)> texts, Func<long, string> text);
