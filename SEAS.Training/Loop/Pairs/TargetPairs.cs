using SEAS.Data.Domain;
using SEAS.Training.Measures;
using SEAS.Training.Randomness;

namespace SEAS.Training.Loop;

/// <summary>T's pairs: per prompt a <b>safe</b> answer chosen against an <b>unsafe</b> one (paper section 3.4).</summary>
/// <remarks>
/// The reference code's make_tgt_dpo tests for "safe" first, which "unsafe" contains, so that the first answer of either kind becomes
/// chosen; here the verdict decides. Of the unsafe answers the most unsafe is rejected. Of the safe, complete ones any that is about as
/// safe as the safest may be chosen: always the safest would teach T the one refusal that the guard likes best. Which pairs are kept
/// when there are more than wanted is not told in the paper: here a random order with a cap per opening, so that T does not harden
/// against one wrapper only.
/// </remarks>
internal static class TargetPairs
{
    private const double AboutAsSafe = 0.05;

    public static List<PreferencePair> Select(int round, IReadOnlyList<JudgedAttack> attacks, TargetUpdatePlan plan, RandomStream order)
    {
        var candidates = attacks.GroupBy(attack => attack.Prompt.Text, StringComparer.Ordinal)
            .Select(equal => equal.Aggregate((first, next) => first.MergedWith(next)))
            .Select(Pair).OfType<Candidate>().ToList();
        order.Shuffle(candidates);

        var limit = Math.Max(1, (int)Math.Ceiling(plan.OpeningCap * plan.SafetyPairs));
        var openings = new Dictionary<string, int>(StringComparer.Ordinal);
        var pairs = new List<PreferencePair>();
        foreach (var candidate in candidates)
        {
            var opening = Words.Opening(candidate.Attack.Prompt.Text, plan.OpeningWords);
            if (pairs.Count == plan.SafetyPairs)
            {
                break;
            }

            if (openings.GetValueOrDefault(opening) < limit)
            {
                openings[opening] = openings.GetValueOrDefault(opening) + 1;
                pairs.Add(new PreferencePair(
                    round, ModelRole.Target, pairs.Count, candidate.Attack.Prompt.Text, candidate.Safe.Text, candidate.Unsafe.Text,
                    $"{candidate.Attack.Id}.{candidate.Safe.Index} over {candidate.Attack.Id}.{candidate.Unsafe.Index}"));
            }
        }

        return pairs;
    }

    private static Candidate? Pair(JudgedAttack attack)
    {
        var safe = Chosen(attack);
        var risky = attack.Answers.Where(answer => answer.Unsafe).MaxBy(answer => answer.Score);
        return safe is null || risky is null || string.Equals(safe.Text, risky.Text, StringComparison.Ordinal) ? null
            : new Candidate(attack, safe, risky);
    }

    // Drawn by the prompt's text alone, so that a changed verdict elsewhere changes nothing here.
    private static JudgedAnswer? Chosen(JudgedAttack attack)
    {
        var safe = attack.Answers.Where(answer => !answer.Unsafe && answer.Stopped && answer.Text.Length > 0).ToList();
        return safe.Count == 0 ? null : new RandomStream(0, attack.Prompt.Text).Pick(
            safe.FindAll(answer => answer.Score <= safe.Min(other => other.Score) + AboutAsSafe));
    }

    private sealed record Candidate(JudgedAttack Attack, JudgedAnswer Safe, JudgedAnswer Unsafe);
}
