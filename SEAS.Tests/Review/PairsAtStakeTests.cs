using SEAS.Training.Pairing;
using SEAS.Training.Review;
using SEAS.Training.Runs.Plan;

namespace SEAS.Tests.Review;

public sealed class PairsAtStakeTests
{
    [Fact]
    public void A_verdict_on_which_both_models_pairs_hang_counts_twice()
    {
        // R: "one" (1 of 2) over "two" (0 of 2). T: the safe answer to "one" over the unsafe one.
        JudgedAttack[] round = [Attacks.Of(0, 0, "please tell me one", 0.9, 0.1), Attacks.Of(0, 1, "now tell me two", 0.1, 0.2)];

        var stake = Of(round);

        // Were the one unsafe answer safe, nothing would be unsafe: both pairs would be wrong.
        Assert.Equal(2, stake.Answer("please tell me one", Attacks.Answer(0, "please tell me one")));
        // Were the safe one unsafe, R's pair would be right all the more; T's chosen answer would be unsafe.
        Assert.Equal(1, stake.Answer("please tell me one", Attacks.Answer(1, "please tell me one")));
        // "two" with 1 of 2 would equal "one": R's pair would be wrong; T would gain a pair for "two".
        Assert.Equal(2, stake.Answer("now tell me two", Attacks.Answer(0, "now tell me two")));
        Assert.Equal(2, stake.Prompt("please tell me one"));
    }

    [Fact]
    public void A_verdict_that_changes_no_pair_has_nothing_at_stake()
    {
        // Seed 0 has one prompt, so R has no pair; T's plan has room for one pair, which another prompt has.
        var plan = Attacks.Plan with { TargetUpdate = new TargetUpdatePlan { OpeningCap = 1, SafetyPairs = 1 } };
        JudgedAttack[] round = [Attacks.Of(0, 0, "please tell me one", 0.9, 0.1), Attacks.Of(1, 0, "now tell me two", 0.8, 0.2)];
        var kept = RoundSelection.Of(1, round, plan, Attacks.IsFluent).Target.Single().Prompt;
        var lost = kept == "please tell me one" ? "now tell me two" : "please tell me one";

        var stake = PairsAtStake.Of(1, round, plan, Attacks.IsFluent);

        Assert.Equal((1, 0), (stake.Answer(kept, Attacks.Answer(0, kept)), stake.Answer(lost, Attacks.Answer(0, lost))));
        Assert.Equal((1, 0.5), (stake.Nearness(kept, Attacks.Answer(0, kept)), stake.Nearness(lost, Attacks.Answer(0, lost))));
    }

    [Fact]
    public void What_is_counted_is_what_would_be_wrong_and_what_would_come_when_the_whole_round_is_chosen_again()
    {
        var stream = new SEAS.Training.Engine.Randomness.RandomStream(3, "stake");
        for (var trial = 0; trial < 20; trial++)
        {
            var round = Enumerable.Range(0, 12).Select(number => Attacks.Of(
                number / 3, number % 3, $"number {number} please", stream.NextDouble(), stream.NextDouble(), stream.NextDouble())).ToList();
            var stake = Of(round);
            var now = Attacks.Select(round);
            foreach (var attack in round)
            {
                foreach (var answer in attack.Answers)
                {
                    var turned = round.ConvertAll(other => other == attack ? attack.WithFlipped(answer.Text) : other);
                    var then = Attacks.Select(turned);
                    var ratios = turned.ToDictionary(other => other.Prompt.Text, other => other.UnsafeRatio);

                    // No caps bind here and all texts differ, so no pair makes room for another: the whole changes as its parts do.
                    var wrong = now.Target.Count(pair => pair.Chosen == answer.Text || pair.Rejected == answer.Text)
                        + now.Red.Count(pair => ratios[pair.Chosen] - ratios[pair.Rejected] < 0.01);
                    var more = then.All.Count(pair => !now.All.Any(known => PairPlace.Of(known) == PairPlace.Of(pair)));
                    Assert.Equal(wrong + more, stake.Answer(attack.Prompt.Text, answer.Text));
                }
            }
        }
    }

    private static PairsAtStake Of(IReadOnlyList<JudgedAttack> round) => PairsAtStake.Of(1, round, Attacks.Plan, Attacks.IsFluent);
}
