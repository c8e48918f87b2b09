using SEAS.Data.Attacks;
using SEAS.Data.Contracts;

namespace SEAS.Training.Review;

/// <summary>What labels did to a pair.</summary>
internal enum PairChangeKind
{
    /// <summary>The seed, or the prompt, had no pair without labels.</summary>
    Added,

    /// <summary>It has no pair with them.</summary>
    Removed,

    /// <summary>Chosen and rejected changed places.</summary>
    Flipped,

    /// <summary>It has a pair of other texts.</summary>
    Replaced,
}

/// <summary>One pair that is not what it would have been without labels.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Without">The pair without labels; null if there was none.</param>
/// <param name="With">The pair with them; null if there is none.</param>
/// <param name="Items">The items whose labels it hangs on, each by itself; empty if it gave way to, or was let in by, other pairs.</param>
internal sealed record PairChange(PairChangeKind Kind, PreferencePair? Without, PreferencePair? With, IReadOnlyList<long> Items)
{
    /// <summary>What differs between two selections, R's pairs by seed and T's by prompt.</summary>
    /// <param name="without">The selection by the guard alone.</param>
    /// <param name="with">The selection that counts.</param>
    /// <param name="items">The items that the pair of a place hangs on.</param>
    public static List<PairChange> Between(
        IEnumerable<PreferencePair> without, IEnumerable<PreferencePair> with, Func<PairPlace, IReadOnlyList<long>> items)
    {
        var before = without.ToDictionary(PairPlace.Of);
        var after = with.ToDictionary(PairPlace.Of);
        return [.. after.Keys.Union(before.Keys).Select(place =>
            Of(before.GetValueOrDefault(place), after.GetValueOrDefault(place), items(place))).OfType<PairChange>()];
    }

    private static PairChange? Of(PreferencePair? without, PreferencePair? with, IReadOnlyList<long> items) => (without, with) switch
    {
        (null, _) => new PairChange(PairChangeKind.Added, null, with, items),
        (_, null) => new PairChange(PairChangeKind.Removed, without, null, items),
        _ when with.Chosen == without.Rejected && with.Rejected == without.Chosen =>
            new PairChange(PairChangeKind.Flipped, without, with, items),
        _ when with.Chosen != without.Chosen || with.Rejected != without.Rejected =>
            new PairChange(PairChangeKind.Replaced, without, with, items),
        _ => null,
    };
}

/// <summary>What a pair is the pair of: a seed of R's, a prompt of T's.</summary>
/// <param name="Role">Whose pair it is.</param>
/// <param name="Round">The round of the attack that it came from.</param>
/// <param name="Seed">R's seed; −1 for T.</param>
/// <param name="Prompt">T's prompt; empty for R.</param>
internal sealed record PairPlace(ModelRole Role, int Round, int Seed, string Prompt)
{
    public static PairPlace Of(PreferencePair pair)
    {
        var from = PairSource.Of(pair).Chosen;
        return pair.Role == ModelRole.Red ? OfSeed(from.Round, from.Seed) : OfPrompt(from.Round, pair.Prompt);
    }

    public static PairPlace OfSeed(int round, int seed) => new(ModelRole.Red, round, seed, "");

    public static PairPlace OfPrompt(int round, string prompt) => new(ModelRole.Target, round, -1, prompt);
}
