using SEAS.Data.Contracts;
using SEAS.Training.Measures;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.Pairing;

/// <summary>R's pairs: per seed the prompt with the highest unsafe ratio against the one with the lowest (paper section 3.4; reference
/// code make_atk_dpo).</summary>
/// <remarks>
/// Three rules beyond the paper, each against a collapse seen in trials: a prompt that is not fluent can only lose; prompts that open
/// alike win at
/// most a share of the round's pairs; a text chosen once is not chosen again in the round. The plan switches each off.
/// </remarks>
internal sealed class RedPairs
{
    private readonly RedUpdatePlan _plan;
    private readonly Func<AdversarialPrompt, bool> _isFluent;
    private readonly int _limit;
    private readonly Dictionary<string, int> _openings = new(StringComparer.Ordinal);
    private readonly HashSet<string> _chosenTexts = new(StringComparer.Ordinal);

    /// <param name="plan">How pairs are chosen.</param>
    /// <param name="seeds">Seeds of the round.</param>
    /// <param name="isFluent">Whether a prompt reads like one that a person would send.</param>
    public RedPairs(RedUpdatePlan plan, int seeds, Func<AdversarialPrompt, bool> isFluent)
    {
        (_plan, _isFluent) = (plan, isFluent);
        _limit = Math.Max(1, (int)Math.Ceiling(plan.OpeningCap * seeds));
    }

    public static List<PreferencePair> Select(int round, IReadOnlyList<JudgedAttack> attacks, RedUpdatePlan plan, Func<AdversarialPrompt,
        bool> isFluent)
    {
        var seeds = BySeed(attacks);
        var selection = new RedPairs(plan, seeds.Count, isFluent);
        return [.. seeds.SelectMany(seed => selection.TakeAll(seed.ToList())).Select((choice, index) => new PreferencePair(
            round, ModelRole.Red, index, choice.Chosen.Prompt.SeedText, choice.Chosen.Prompt.Text, choice.Rejected.Prompt.Text,
                $"{choice.Chosen.Id} over {choice.Rejected.Id}"))];
    }

    /// <summary>Attacks by seed, in the order in which seeds choose.</summary>
    public static List<IGrouping<int, JudgedAttack>> BySeed(IEnumerable<JudgedAttack> attacks) =>
        [.. attacks.GroupBy(attack => attack.Prompt.SeedIndex).OrderBy(seed => seed.Key)];

    /// <summary>What one seed would choose after the seeds that were taken so far.</summary>
    public RedChoice? Choose(IReadOnlyList<JudgedAttack> seed)
    {
        var candidates = Candidates(seed);
        var rejected = candidates.MinBy(Worth);   // MinBy and the stable sort below keep the first of equals
        foreach (var chosen in candidates.OrderByDescending(Worth))
        {
            if (rejected is null || Worth(chosen) <= 0 || Worth(chosen) - Math.Max(0, Worth(rejected)) < _plan.MinimumGap)
            {
                return null;
            }

            if (_openings.GetValueOrDefault(Opening(chosen)) < _limit && MayBeChosen(chosen))
            {
                return new RedChoice(chosen, rejected);
            }
        }

        return null;
    }

    /// <summary>Whether a seed's choice would still be right with these verdicts: the chosen prompt broke T more often.</summary>
    public bool Holds(RedChoice choice, IReadOnlyList<JudgedAttack> seed)
    {
        var candidates = Candidates(seed);
        double? Now(JudgedAttack attack) =>
            candidates.Find(equal => equal.Prompt.Text == attack.Prompt.Text) is { } found ? Worth(found) : null;
        return Now(choice.Chosen) - Math.Max(0, Now(choice.Rejected) ?? 0) >= _plan.MinimumGap;
    }

    /// <summary>Takes what one seed chooses; later seeds choose among what is left.</summary>
    public RedChoice? Take(IReadOnlyList<JudgedAttack> seed)
    {
        var choice = Choose(seed);
        if (choice is not null)
        {
            Count(choice.Chosen);
        }

        return choice;
    }

    /// <summary>Takes all pairs that one seed gives by the plan: at most one, or every prompt over every other that broke T less
    /// often. Texts, openings and gaps count as they do for one pair; an opening counts once for each chosen prompt.</summary>
    public IReadOnlyList<RedChoice> TakeAll(IReadOnlyList<JudgedAttack> seed)
    {
        if (_plan.PairsPerSeed == PairsPerSeed.AtMostOne)
        {
            return Take(seed) is { } one ? [one] : [];
        }

        var candidates = Candidates(seed);
        var taken = new List<RedChoice>();
        foreach (var chosen in candidates.Where(attack => Worth(attack) > 0).OrderByDescending(Worth))
        {
            var worse = candidates.Where(attack => Worth(chosen) - Math.Max(0, Worth(attack)) >= _plan.MinimumGap).OrderBy(Worth).ToList();
            if (worse.Count > 0 && _openings.GetValueOrDefault(Opening(chosen)) < _limit && MayBeChosen(chosen))
            {
                Count(chosen);
                taken.AddRange(worse.Select(rejected => new RedChoice(chosen, rejected)));
            }
        }

        return taken;
    }

    private bool MayBeChosen(JudgedAttack attack) => !_plan.ChosenOnce || !_chosenTexts.Contains(attack.Prompt.Text);

    private void Count(JudgedAttack chosen)
    {
        _chosenTexts.Add(chosen.Prompt.Text);
        var opening = Opening(chosen);
        _openings[opening] = _openings.GetValueOrDefault(opening) + 1;
    }

    private List<JudgedAttack> Candidates(IEnumerable<JudgedAttack> seed) => Merge(seed.Where(attack => attack.Answers.Count > 0 &&
        !attack.Dropped && (_plan.MaxCharacters == 0 || attack.Prompt.Text.Length <= _plan.MaxCharacters)));

    // A prompt that no person would send is worth less than any other.
    private double Worth(JudgedAttack attack) => !_plan.FluencyFilter || _isFluent(attack.Prompt) ? attack.UnsafeRatio : -1;

    private string Opening(JudgedAttack attack) => Words.Opening(attack.Prompt.Text, _plan.OpeningWords);

    private static List<JudgedAttack> Merge(IEnumerable<JudgedAttack> seed) =>
        [.. seed.GroupBy(attack => attack.Prompt.Text, StringComparer.Ordinal).Select(equal => equal.Aggregate((first, next) =>
            first.MergedWith(next)))];
}

/// <summary>A seed's better and worse prompt.</summary>
internal sealed record RedChoice(JudgedAttack Chosen, JudgedAttack Rejected);
