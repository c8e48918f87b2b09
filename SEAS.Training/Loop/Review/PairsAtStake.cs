using SEAS.Data.Domain;

namespace SEAS.Training.Loop;

/// <summary>How many of a round's pairs would be others if one verdict were the other way round, or one prompt dropped out.</summary>
/// <remarks>
/// Exact for the pair of the verdict's own seed and of its own prompt, each chosen again after what was taken before it. What a pair that
/// comes or goes makes room for further down is not counted.
/// </remarks>
internal sealed class PairsAtStake
{
    private readonly Dictionary<(string Prompt, string Answer), int> _answers = [];
    private readonly Dictionary<string, int> _prompts = new(StringComparer.Ordinal);

    private PairsAtStake()
    {
    }

    public static PairsAtStake Of(int round, IReadOnlyList<JudgedAttack> attacks, RunPlan plan, Func<AdversarialPrompt, bool> isFluent)
    {
        var stake = new PairsAtStake();
        var seeds = RedPairs.BySeed(attacks);
        var red = new RedPairs(plan.RedUpdate, seeds.Count, isFluent);
        foreach (var seed in seeds.Select(seed => seed.ToList()))
        {
            stake.Count(seed, changed => Texts(red.Choose(changed)));
            red.Take(seed);
        }

        var target = new TargetPairs(attacks, plan.TargetUpdate, RoundSelection.Order(plan, round));
        foreach (var attack in target.InOrder(attacks))
        {
            if (target.HasRoom(attack))
            {
                stake.Count([attack], changed => Texts(TargetPairs.Choose(changed[0])));
                target.Take(attack);
            }
        }

        return stake;
    }

    /// <summary>Pairs that hang on the verdict of one answer to one prompt, wherever in the round the two texts occur.</summary>
    public int Answer(string prompt, string answer) => _answers.GetValueOrDefault((prompt, answer));

    /// <summary>Pairs that hang on a prompt's taking part.</summary>
    public int Prompt(string prompt) => _prompts.GetValueOrDefault(prompt);

    private void Count(List<JudgedAttack> together, Func<List<JudgedAttack>, (string Better, string Worse)?> choose)
    {
        var now = choose(together);
        foreach (var text in together.Select(attack => attack.Prompt.Text).Distinct(StringComparer.Ordinal))
        {
            List<JudgedAttack> With(Func<JudgedAttack, JudgedAttack> change) => together.ConvertAll(attack =>
                string.Equals(attack.Prompt.Text, text, StringComparison.Ordinal) ? change(attack) : attack);

            var answers = together.Where(attack => string.Equals(attack.Prompt.Text, text, StringComparison.Ordinal))
                .SelectMany(attack => attack.Answers).Select(answer => answer.Text).Distinct(StringComparer.Ordinal);
            foreach (var answer in answers.Where(answer => choose(With(attack => attack.WithFlipped(answer))) != now))
            {
                _answers[(text, answer)] = _answers.GetValueOrDefault((text, answer)) + 1;
            }

            if (choose(With(attack => attack with { Dropped = true })) != now)
            {
                _prompts[text] = _prompts.GetValueOrDefault(text) + 1;
            }
        }
    }

    private static (string Better, string Worse)? Texts(RedChoice? choice) =>
        choice is null ? null : (choice.Chosen.Prompt.Text, choice.Rejected.Prompt.Text);

    private static (string Better, string Worse)? Texts(TargetChoice? choice) =>
        choice is null ? null : (choice.Chosen, choice.Unsafe.Text);
}
