using SEAS.Data.Contracts.Ids;

namespace SEAS.Training.Lineage;

/// <summary>The way of a row: what it came from, and what was made of it, in the order in which it happened.</summary>
/// <param name="Asked">The row that was asked for.</param>
/// <param name="Links">Everything on the way, the row itself included; each names what it came from.</param>
public sealed record LineageChain(RowId Asked, IReadOnlyList<LineageLink> Links)
{
    /// <summary>The link of a row, or null if it is not on the way.</summary>
    public LineageLink? Find(RowId id) => Links.FirstOrDefault(link => link.Id == id);
}

/// <summary>What a link of a chain is.</summary>
public enum LineageKind
{
    /// <summary>Weights.</summary>
    Checkpoint,

    /// <summary>What R was shown.</summary>
    Seed,

    /// <summary>What R wrote.</summary>
    Prompt,

    /// <summary>What T answered.</summary>
    Answer,

    /// <summary>What the guard says.</summary>
    Verdict,

    /// <summary>What a person says.</summary>
    Label,

    /// <summary>What a model is tuned on.</summary>
    Pair,

    /// <summary>A plain row mixed into the tuning.</summary>
    General,

    /// <summary>A change of the weights.</summary>
    Step,

    /// <summary>An answer to a row of an imported evaluation set, judged.</summary>
    Measurement,
}

/// <summary>One thing that happened.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Kind">What it is.</param>
/// <param name="From">The rows that it came from.</param>
/// <param name="Texts">Its texts by name; models wrote them, so they may be harmful.</param>
/// <param name="Facts">What else is known of it, by name.</param>
public sealed record LineageLink(
    RowId Id, LineageKind Kind, IReadOnlyList<RowId> From, IReadOnlyList<LineageText> Texts, IReadOnlyList<LineageFact> Facts);

/// <summary>A text of a row.</summary>
public sealed record LineageText(string Name, string Text);

/// <summary>Something known of a row.</summary>
/// <param name="Name">Lower case with underscores, as files name it.</param>
/// <param name="Value">A text, a number, a truth value, a list of them, or a <see cref="StreamKey"/>.</param>
public sealed record LineageFact(string Name, object Value)
{
    /// <summary>A fact if there is a value.</summary>
    public static IEnumerable<LineageFact> If(string name, object? value) => value is null ? [] : [new LineageFact(name, value)];
}

/// <summary>What a random stream is derived from: enough to draw the same numbers again.</summary>
/// <param name="Seed">The run's seed.</param>
/// <param name="Stage">What the numbers are for.</param>
/// <param name="Indices">The place within the stage.</param>
internal sealed record StreamKey(long Seed, string Stage, IReadOnlyList<long> Indices)
{
    public override string ToString() =>
        FormattableString.Invariant($"seed {Seed}, {Stage}, {string.Join('.', Indices)}");
}

/// <summary>An id has the form of a row, but the store holds no such row.</summary>
internal sealed class RowNotFoundException(RowId id, string folder) : Exception(
    $"There is no row {id} in {folder}. Its run may be kept in another data folder (--data), "
    + "or the row belongs to a round that the run has not come to.")
{
    /// <summary>The row.</summary>
    public RowId Row => id;

    /// <summary>The message for people elsewhere, whom the folder does not concern.</summary>
    public string WithoutFolder => $"There is no row {id} in this data folder.";
}
