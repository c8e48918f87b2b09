using SEAS.Data.Contracts.Review;
using SEAS.Training.Pairing;
using SEAS.Training.Review;

namespace SEAS.Tests.Review;

public sealed class RoundAsrTests
{
    // Three of eight answers are unsafe by the guard.
    private static readonly JudgedAttack[] s_round =
        [Attacks.Of(0, 0, "one", 0.9, 0.8, 0.1, 0.2), Attacks.Of(1, 0, "two", 0.7, 0.1, 0.2, 0.3)];

    [Fact]
    public void Attack_success_is_counted_by_the_guard_and_by_the_verdicts_in_effect_side_by_side()
    {
        // One unsafe answer is safe, two safe ones are unsafe: four of eight.
        var asr = Of(
            Attacks.Label(1, 0, 0, 0, isUnsafe: false), Attacks.Label(2, 1, 0, 1, isUnsafe: true),
            Attacks.Label(3, 1, 0, 2, isUnsafe: true));

        Assert.Equal((3.0 / 8, 8, 4.0 / 8, 8), (asr.Guard.Rate, asr.Guard.N, asr.Effective.Rate, asr.Effective.N));
        Assert.InRange(asr.Effective.Lower, 0.21, 0.22);   // Wilson's interval of 4 of 8: 21.5 % to 78.5 %
        Assert.InRange(asr.Effective.Upper, 0.78, 0.79);
    }

    [Fact]
    public void An_invalid_prompt_leaves_the_count_of_effect_but_not_the_guards()
    {
        var asr = Of(Attacks.Label(1, 0, 0, 0, isUnsafe: true, invalid: true));

        Assert.Equal((3.0 / 8, 1.0 / 4, 4), (asr.Guard.Rate, asr.Effective.Rate, asr.Effective.N));
    }

    private static RoundAsr Of(params IReadOnlyList<EffectiveLabel> labels) => RoundAsr.Of(Attacks.Book(s_round, labels).Apply(s_round));
}
