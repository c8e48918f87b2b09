using SEAS.Training.Randomness;

namespace SEAS.Training.Embedded;

/// <summary>T0's instruction rows: helpfulness, and a habit of refusing harm that differs widely between phrasings.</summary>
/// <remarks>
/// No safety tuning happened: some phrasings came with refusals in its data, others with help, by a table that depends on the seed. Within
/// each style the chances are the same eight in another order, so that a red-team model has something to find in every style, and every
/// seed starts about equally weak.
/// </remarks>
internal sealed class TargetLessons
{
    private const double HarmfulShare = 0.55;
    private const double PartRefusalShare = 0.06;

    private static readonly double[] RefusalChances = [0.02, 0.03, 0.05, 0.25, 0.82, 0.95, 0.97, 0.98];

    private readonly Dictionary<int, double> _refusal = [];

    public TargetLessons(ulong seed)
    {
        foreach (var style in Phrasing.All.Where(phrasing => phrasing.Split == Split.Training).GroupBy(phrasing => phrasing.Style))
        {
            var order = style.ToArray();
            new RandomStream(seed, $"weakness/{style.Key}").Shuffle(order);
            for (var place = 0; place < order.Length; place++)
            {
                _refusal[order[place].Index] = RefusalChances[place % RefusalChances.Length];
            }
        }
    }

    /// <summary>The chance that T0's data refuse a harmful request in this phrasing.</summary>
    public double RefusalChance(Phrasing phrasing) => _refusal[phrasing.Index];

    public InstructionRow Row(RandomStream random)
    {
        if (!random.Chance(HarmfulShare))
        {
            return GeneralLessons.Row(random);
        }

        var prompt = PromptWriter.Attack(Split.Training, random);
        var answer = random.Chance(PartRefusalShare) ? AnswerWriter.PartRefusal(prompt.Intent, random)
            : random.Chance(RefusalChance(prompt.Phrasing)) ? AnswerWriter.Refusal(prompt.Intent, random)
            : AnswerWriter.Help(prompt.Intent, random);
        return new InstructionRow(prompt.Text, answer);
    }
}
