using SEAS.Data.Contracts;
using SEAS.Training.Pairing;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.Review;

/// <summary>Which labels each pair hangs on: without one of them it would be another pair, or none.</summary>
/// <remarks>Each seed, and each prompt, chooses again without one of its labels, after what was taken before it.</remarks>
internal static class PairAttribution
{
    public static Dictionary<PairPlace, IReadOnlyList<long>> Of(
        int round, IReadOnlyList<JudgedAttack> byGuard, EffectiveLabelIndex book, RunPlan plan, Func<AdversarialPrompt, bool> isFluent)
    {
        var grounds = new Dictionary<PairPlace, IReadOnlyList<long>>();
        var attacks = book.Apply(byGuard);
        var seeds = RedPairs.BySeed(byGuard);
        var red = new RedPairs(plan.RedUpdate, seeds.Count, isFluent);
        foreach (var seed in seeds)
        {
            var own = seed.ToList();
            Note(PairPlace.OfSeed(round, seed.Key), own, applied => Texts(red.Choose(applied)));
            red.Take(book.Apply(own));
        }

        var target = new TargetPairs(attacks, plan.TargetUpdate, RoundSelection.Order(plan, round));
        foreach (var attack in target.InOrder(attacks))
        {
            if (target.HasRoom(attack))
            {
                Note(PairPlace.OfPrompt(round, attack.Prompt.Text), [attack.ByGuard()], applied => Texts(target.Choose(applied[0])));
                target.Take(attack);
            }
        }

        return grounds;

        void Note(PairPlace place, List<JudgedAttack> own, Func<List<JudgedAttack>, (string, string)?> choose)
        {
            var labels = book.About(own.Select(attack => attack.Prompt.Text));
            if (labels.All.Count == 0)
            {
                return;
            }

            var now = choose(labels.Apply(own));
            var deciding = labels.All.Select(label => label.Item).Distinct()
                .Where(item => choose(labels.Without(item).Apply(own)) != now).ToList();
            if (deciding.Count > 0)
            {
                grounds[place] = deciding;
            }
        }
    }

    private static (string, string)? Texts(RedChoice? choice) =>
        choice is null ? null : (choice.Chosen.Prompt.Text, choice.Rejected.Prompt.Text);

    private static (string, string)? Texts(TargetChoice? choice) => choice is null ? null : (choice.Chosen, choice.Unsafe.Text);
}
