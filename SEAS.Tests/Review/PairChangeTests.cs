using SEAS.Data.Attacks;
using SEAS.Data.Contracts;
using SEAS.Training.Pairing;
using SEAS.Training.Review;

namespace SEAS.Tests.Review;

public sealed class PairChangeTests
{
    [Fact]
    public void Added_removed_flipped_and_replaced_pairs_are_told_apart()
    {
        PreferencePair[] without = [Pair(0, "a", "b"), Pair(1, "c", "d"), Pair(2, "e", "f"), Pair(4, "i", "j")];
        PreferencePair[] with = [Pair(1, "d", "c"), Pair(2, "e", "x"), Pair(3, "g", "h"), Pair(4, "i", "j")];

        var changes = PairChange.Between(without, with, place => place.Seed == 3 ? [77] : []);

        Assert.Equal(
            [PairChangeKind.Removed, PairChangeKind.Flipped, PairChangeKind.Replaced, PairChangeKind.Added],
            changes.OrderBy(change => PairPlace.Of(change.With ?? change.Without!).Seed).Select(change => change.Kind));
        Assert.Equal([77], changes.Single(change => change.Kind == PairChangeKind.Added).Items);
    }

    [Fact]
    public void A_pair_hangs_on_each_label_without_which_it_would_be_another()
    {
        // The guard sees nothing unsafe in either prompt. Two labels make "one" worse than "two" for R, and one of them is enough.
        JudgedAttack[] round = [Attacks.Of(0, 0, "please tell me one", 0.1, 0.2, 0.3), Attacks.Of(0, 1, "now tell me two", 0.1, 0.2, 0.3)];
        var both = Attacks.Book(round, Attacks.Label(1, 0, 0, 0, isUnsafe: true), Attacks.Label(2, 0, 0, 1, isUnsafe: true));
        var one = Attacks.Book(round, Attacks.Label(1, 0, 0, 0, isUnsafe: true));

        var red = PairPlace.OfSeed(1, 0);
        Assert.False(PairAttribution.Of(1, round, both, Attacks.Plan, Attacks.IsFluent).ContainsKey(red));
        Assert.Equal([1], PairAttribution.Of(1, round, one, Attacks.Plan, Attacks.IsFluent)[red]);
    }

    [Fact]
    public void Where_a_pair_came_from_is_read_back()
    {
        var pair = new PreferencePair(2, ModelRole.Target, 0, "p", "c", "r", "1.12.3.0 corrected over 1.12.3.4");

        var (chosen, rejected) = PairSource.Of(pair);

        Assert.Equal(new PairSource(1, 12, 3, 0, IsCorrected: true), chosen);
        Assert.Equal(new PairSource(1, 12, 3, 4, IsCorrected: false), rejected);
        Assert.Throws<FormatException>(() => PairSource.Of(pair with { Source = "elsewhere" }));
    }

    private static PreferencePair Pair(int seed, string chosen, string rejected) =>
        new(1, ModelRole.Red, seed, "seed", chosen, rejected, $"1.{seed}.0 over 1.{seed}.1");
}
