using SEAS.Data.Contracts;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Measures;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.Pairing;

/// <summary>T's pairs: per prompt a <b>safe</b> answer chosen against an <b>unsafe</b> one (paper section 3.4).</summary>
/// <remarks>
/// The reference code's make_tgt_dpo tests for "safe" first, which "unsafe" contains, so that the first answer of either kind becomes
/// chosen; here the verdict decides. Of the unsafe answers the most unsafe is rejected. Of the safe, complete ones any that is about as
/// safe as the safest may be chosen: always the safest would teach T the one refusal that the guard likes best. An answer that a person
/// corrected gives way to the correction. Which pairs are kept when there are more than wanted is not told in the paper: here a random
/// order with a cap per opening, so that T does not harden against one wrapper only. Both draws are made for what the guard alone says,
/// and labels change of them what they must: one label moves one prompt, not all.
/// </remarks>
internal sealed class TargetPairs
{
    private const double AboutAsSafe = 0.05;

    private readonly TargetUpdatePlan _plan;
    private readonly int _limit;
    private readonly Dictionary<string, double> _places;
    private readonly ulong _salt;
    private readonly Dictionary<string, int> _openings = new(StringComparer.Ordinal);
    private int _taken;

    /// <param name="attacks">The round's attacks.</param>
    /// <param name="plan">How pairs are chosen.</param>
    /// <param name="order">The stream of the random order.</param>
    public TargetPairs(IEnumerable<JudgedAttack> attacks, TargetUpdatePlan plan, RandomStream order)
    {
        _plan = plan;
        _limit = Math.Max(1, (int)Math.Ceiling(plan.OpeningCap * plan.SafetyPairs));
        var merged = Merge(attacks).Where(attack => Choose(attack.ByGuard()) is not null).ToList();
        if (plan.Order == PairOrder.MostUnsafe)
        {
            merged = [.. merged.OrderByDescending(attack => attack.ByGuard().UnsafeRatio)];
        }

        var byGuard = merged.ConvertAll(attack => attack.Prompt.Text);
        if (plan.Order == PairOrder.Random)
        {
            order.Shuffle(byGuard);
        }

        _places = byGuard.Select((text, place) => (text, place)).ToDictionary(item => item.text, item => (double)item.place,
            StringComparer.Ordinal);
        _salt = order.NextUInt64();
    }

    public static List<PreferencePair> Select(int round, IReadOnlyList<JudgedAttack> attacks, TargetUpdatePlan plan, RandomStream order)
    {
        var selection = new TargetPairs(attacks, plan, order);
        return [.. selection.InOrder(attacks).Select(selection.Take).OfType<TargetChoice>().Select((choice, index) => new PreferencePair(
            round, ModelRole.Target, index, choice.Attack.Prompt.Text, choice.Chosen, choice.Unsafe.Text,
                $"{choice.ChosenId} over {choice.Attack.IdOf(choice.Unsafe)}"))];
    }

    /// <summary>Equal prompts as one, in the order in which they are taken.</summary>
    public List<JudgedAttack> InOrder(IEnumerable<JudgedAttack> attacks) =>
        [.. Merge(attacks).OrderBy(attack => Place(attack.Prompt.Text))];

    /// <summary>The pair that one prompt offers, whether there is room for it or not.</summary>
    public TargetChoice? Choose(JudgedAttack attack)
    {
        if (attack.Dropped)
        {
            return null;
        }

        if (_plan.MaxCharacters > 0)
        {
            attack = attack with { Answers = [.. attack.Answers.Where(answer => answer.Text.Length <= _plan.MaxCharacters)] };
        }

        var corrected = attack.Answers.FirstOrDefault(answer => answer.Corrected is not null);
        var first = _plan.Answers == PairAnswers.First;
        var safe = first ? attack.Answers.FirstOrDefault(answer => !answer.Unsafe && answer.Text.Length > 0) : Safe(attack);
        var risks = attack.Answers.Where(answer => answer.Unsafe);
        var risky = (first ? risks.FirstOrDefault() : risks.MaxBy(answer => answer.Risk)) ?? corrected;
        var (chosen, origin) = corrected is null ? (safe?.Text, safe) : (corrected.Corrected, corrected);
        return chosen is null || origin is null || risky is null || string.Equals(chosen, risky.Text, StringComparison.Ordinal) ? null
            : new TargetChoice(attack, origin, chosen, risky);
    }

    /// <summary>Whether there is room for this prompt after those that were taken so far.</summary>
    public bool HasRoom(JudgedAttack attack) => _taken < _plan.SafetyPairs && _openings.GetValueOrDefault(Opening(attack)) < _limit;

    /// <summary>Takes what one prompt offers if there is room.</summary>
    public TargetChoice? Take(JudgedAttack attack)
    {
        if (Choose(attack) is not { } choice || !HasRoom(attack))
        {
            return null;
        }

        var opening = Opening(attack);
        _openings[opening] = _openings.GetValueOrDefault(opening) + 1;
        _taken++;
        return choice;
    }

    // Drawn by the prompt's text alone, so that a changed verdict elsewhere changes nothing here; what the guard alone would choose stays
    // chosen as long as it may be.
    private static JudgedAnswer? Safe(JudgedAttack attack)
    {
        var allowed = AboutSafest(attack.Answers.Where(answer => !answer.Unsafe), answer => answer.Risk);
        var byGuard = AboutSafest(attack.Answers.Where(answer => !answer.GuardUnsafe), answer => answer.Score);
        var usual = byGuard.Count == 0 ? null : Draw(byGuard);
        return allowed.Count == 0 ? null : allowed.Find(answer => ReferenceEquals(answer, usual)) ?? Draw(allowed);

        JudgedAnswer Draw(List<JudgedAnswer> answers) => new RandomStream(0, attack.Prompt.Text).Pick(answers);
    }

    private static List<JudgedAnswer> AboutSafest(IEnumerable<JudgedAnswer> safe, Func<JudgedAnswer, double> risk)
    {
        var complete = safe.Where(answer => answer.Stopped && answer.Text.Length > 0).ToList();
        return complete.FindAll(answer => risk(answer) <= complete.Min(risk) + AboutAsSafe);
    }

    private string Opening(JudgedAttack attack) => Words.Opening(attack.Prompt.Text, _plan.OpeningWords);

    private double Place(string text) =>
        _places.TryGetValue(text, out var place) ? place : (_places.Count * new RandomStream(_salt, text).NextDouble()) - 0.5;

    private static IEnumerable<JudgedAttack> Merge(IEnumerable<JudgedAttack> attacks) =>
        attacks.GroupBy(attack => attack.Prompt.Text, StringComparer.Ordinal).Select(equal => equal.Aggregate((first, next) =>
            first.MergedWith(next)));
}

/// <summary>A prompt's better and worse answer.</summary>
/// <param name="Attack">The prompt.</param>
/// <param name="Origin">The answer that is chosen, or that was corrected into the chosen one.</param>
/// <param name="Chosen">The chosen text.</param>
/// <param name="Unsafe">The rejected answer.</param>
internal sealed record TargetChoice(JudgedAttack Attack, JudgedAnswer Origin, string Chosen, JudgedAnswer Unsafe)
{
    /// <summary>Where the chosen text came from.</summary>
    public string ChosenId =>
        $"{Attack.IdOf(Origin)}{(string.Equals(Origin.Text, Chosen, StringComparison.Ordinal) ? "" : " corrected")}";
}
