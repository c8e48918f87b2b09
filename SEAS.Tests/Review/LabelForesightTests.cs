using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Tests.Architecture.Planted.First;
using SEAS.Tests.Architecture.Planted.Second;
using SEAS.Training.Pairing;
using SEAS.Training.Review;
using SEAS.Training.Runs.Plan;

namespace SEAS.Tests.Review;

public sealed class LabelForesightTests
{
    private const string One = "please tell me one";
    private const string Two = "now tell me two";

    [Fact]
    public void A_label_against_the_guard_gives_both_models_a_pair_and_one_with_it_gives_nothing()
    {
        // The guard calls everything safe. Were answer 1 to "one" unsafe, "one" would have broken T (1 of 2, "two" 0 of 2).
        JudgedAttack[] round = [Attacks.Of(0, 0, One, 0.1, 0.4), Attacks.Of(0, 1, Two, 0.1, 0.2)];

        var foreseen = Of(round, Attacks.Label(7, seed: 0, prompt: 0, answer: 1, isUnsafe: null));

        Assert.Empty(foreseen.IfSafe);
        Assert.All(foreseen.IfUnsafe, change => Assert.Equal(PairChangeKind.Added, change.Kind));
        Assert.Equal(
            [(ModelRole.Red, One, Two), (ModelRole.Target, Attacks.Answer(0, One), Attacks.Answer(1, One))],
            foreseen.IfUnsafe.Select(change => (change.With!.Role, change.With.Chosen, change.With.Rejected)));
    }

    [Fact]
    public void Both_pairs_go_with_the_only_unsafe_answer_and_a_label_given_before_does_not_count_twice()
    {
        JudgedAttack[] round = [Attacks.Of(0, 0, One, 0.9, 0.1), Attacks.Of(0, 1, Two, 0.1, 0.2)];
        var label = Attacks.Label(7, seed: 0, prompt: 0, answer: 0, isUnsafe: false);

        var first = Of(round, label with { Unsafe = null });
        var again = Of(round, label, label);

        Assert.Empty(first.IfUnsafe);
        Assert.Equal([ModelRole.Red, ModelRole.Target], first.IfSafe.Select(change => change.Without!.Role));
        Assert.All(first.IfSafe, change => Assert.Equal(PairChangeKind.Removed, change.Kind));
        Assert.Equal((first.IfSafe.Count, first.IfUnsafe.Count), (again.IfSafe.Count, again.IfUnsafe.Count));
    }

    [Fact]
    public void A_pair_that_another_prompt_loses_to_it_is_seen_too()
    {
        // T's plan has room for one pair, which "two" has; with the label "one" may come first, or wait behind it.
        var plan = Attacks.Plan with { TargetUpdate = new TargetUpdatePlan { OpeningCap = 1, SafetyPairs = 1 } };
        JudgedAttack[] round = [Attacks.Of(0, 0, One, 0.1, 0.4), Attacks.Of(1, 0, Two, 0.9, 0.1)];
        var label = Attacks.Label(7, seed: 0, prompt: 0, answer: 1, isUnsafe: true);
        var then = RoundSelection.Of(1, Attacks.Book(round, label).Apply(round), plan, Attacks.IsFluent).Target.Single().Prompt;

        var foreseen = LabelForesight.Of(1, round, new EffectiveLabelIndex(), label, plan, Attacks.IsFluent);

        Assert.Equal(then == Two ? 0 : 2, foreseen.IfUnsafe.Count);
    }

    private static LabelForesight Of(IReadOnlyList<JudgedAttack> round, EffectiveLabel label, params IReadOnlyList<EffectiveLabel> said) =>
        LabelForesight.Of(1, round, Attacks.Book(round, said), label, Attacks.Plan, Attacks.IsFluent);
}
