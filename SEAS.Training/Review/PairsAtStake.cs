using SEAS.Data.Contracts;
using SEAS.Training.Pairing;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.Review;

/// <summary>How many of a round's pairs hang on a verdict: turned round, it would make them wrong, or give one more.</summary>
/// <remarks>
/// Each seed and each prompt chooses again, after what was taken before it, with the verdict turned round. What comes next stands in line
/// (<see cref="Nearness"/>): the other answers to a prompt that has a pair of T, and the prompts that take part when others drop out.
/// </remarks>
internal sealed class PairsAtStake
{
    private readonly Dictionary<(string Prompt, string Answer), int> _answers = [];
    private readonly Dictionary<(string Prompt, string Answer), double> _line = [];
    private readonly Dictionary<string, int> _prompts = new(StringComparer.Ordinal);

    private PairsAtStake()
    {
    }

    public static PairsAtStake Of(int round, IReadOnlyList<JudgedAttack> attacks, RunPlan plan, Func<AdversarialPrompt, bool> isFluent)
    {
        var stake = new PairsAtStake();
        var seeds = RedPairs.BySeed(attacks);
        var red = new RedPairs(plan.RedUpdate, seeds.Count, isFluent);
        foreach (var seed in seeds)
        {
            stake.Seed(seed.ToList(), red);
        }

        var target = new TargetPairs(attacks, plan.TargetUpdate, RoundSelection.Order(plan, round));
        var order = target.InOrder(attacks);
        foreach (var (place, attack) in order.Index())
        {
            var isTaken = target.HasRoom(attack);
            stake.Prompt(target, attack, isTaken, isTaken ? 1 : 1 - ((double)place / order.Count));
            target.Take(attack);
        }

        return stake;
    }

    /// <summary>Pairs that hang on the verdict of one answer to one prompt, wherever in the round the two texts occur.</summary>
    public int Answer(string prompt, string answer) => _answers.GetValueOrDefault((prompt, answer));

    /// <summary>How soon a pair of T would hang on it if others turned out wrong: from 1, first in line, to 0; 0 if none would.</summary>
    public double Nearness(string prompt, string answer) => _line.GetValueOrDefault((prompt, answer));

    /// <summary>Pairs that hang on a prompt's taking part.</summary>
    public int Prompt(string prompt) => _prompts.GetValueOrDefault(prompt);

    private void Seed(List<JudgedAttack> seed, RedPairs red)
    {
        var now = red.Choose(seed);
        foreach (var attack in seed.DistinctBy(attack => attack.Prompt.Text, StringComparer.Ordinal))
        {
            var text = attack.Prompt.Text;
            foreach (var answer in Answers(seed.Where(equal => string.Equals(equal.Prompt.Text, text, StringComparison.Ordinal))))
            {
                var turned = seed.ConvertAll(other => string.Equals(other.Prompt.Text, text, StringComparison.Ordinal)
                    ? other.WithFlipped(answer)
                    : other);
                Add(_answers, (text, answer), now is null ? red.Choose(turned) is not null : !red.Holds(now, turned));
            }

            Add(_prompts, text, now is not null && (now.Chosen.Prompt.Text == text || now.Rejected.Prompt.Text == text));
        }

        red.Take(seed);
    }

    private void Prompt(TargetPairs target, JudgedAttack attack, bool isTaken, double nearness)
    {
        var now = target.Choose(attack);
        foreach (var answer in Answers([attack]))
        {
            var hangs = now is null
                ? target.Choose(attack.WithFlipped(answer)) is not null
                : answer == now.Origin.Text || answer == now.Unsafe.Text;
            Add(_answers, (attack.Prompt.Text, answer), hangs && isTaken);
            if (now is not null || (hangs && !isTaken))
            {
                _line[(attack.Prompt.Text, answer)] = nearness;
            }
        }

        Add(_prompts, attack.Prompt.Text, isTaken && now is not null);
    }

    private static IEnumerable<string> Answers(IEnumerable<JudgedAttack> attacks) =>
        attacks.SelectMany(attack => attack.Answers).Select(answer => answer.Text).Distinct(StringComparer.Ordinal);

    private static void Add<T>(Dictionary<T, int> counts, T key, bool hangs)
        where T : notnull
    {
        if (hangs)
        {
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }
    }
}
