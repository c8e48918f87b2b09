using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Training.Pairing;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.Review;

/// <summary>What one more label would do to the pairs that its round chooses.</summary>
/// <remarks>The whole round chooses again, so that pairs which would give way, or be let in, are seen, too.</remarks>
/// <param name="IfSafe">Pairs that would not be what they are if a person called the answer safe.</param>
/// <param name="IfUnsafe">The same if a person called it unsafe.</param>
internal sealed record LabelForesight(IReadOnlyList<PairChange> IfSafe, IReadOnlyList<PairChange> IfUnsafe)
{
    /// <summary>Chooses three times: without this label, and with it either way.</summary>
    /// <param name="round">The round.</param>
    /// <param name="byGuard">Its attacks by the guard alone.</param>
    /// <param name="book">What people have said so far; a label of the same item does not count.</param>
    /// <param name="label">The label, whose verdict is filled in here.</param>
    /// <param name="plan">How pairs are chosen.</param>
    /// <param name="isFluent">Whether a prompt reads like one that a person would send.</param>
    public static LabelForesight Of(
        int round, IReadOnlyList<JudgedAttack> byGuard, EffectiveLabelIndex book, EffectiveLabel label, RunPlan plan,
        Func<AdversarialPrompt, bool> isFluent)
    {
        var now = Select(book.Without(label.Item)).All.ToList();
        return new LabelForesight(With(isUnsafe: false), With(isUnsafe: true));

        List<PairChange> With(bool isUnsafe)
        {
            var more = book.Without(label.Item);
            more.Add(byGuard, [label with { Unsafe = isUnsafe }]);
            return PairChange.Between(now, Select(more).All, _ => []);
        }

        RoundSelection Select(EffectiveLabelIndex labels) => RoundSelection.Of(round, labels.Apply(byGuard), plan, isFluent);
    }
}
