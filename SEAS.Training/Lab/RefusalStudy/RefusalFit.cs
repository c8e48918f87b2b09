using SEAS.Training.Measures.Refusals;

namespace SEAS.Training.Lab.RefusalStudy;

/// <summary>An answer whose kind people said.</summary>
/// <param name="Model">Who answered.</param>
/// <param name="Prompt">What was asked; only its equality counts.</param>
/// <param name="Answer">What was answered.</param>
/// <param name="Kind">What people called it.</param>
public sealed record LabelledAnswer(string Model, string Prompt, string Answer, RefusalKind Kind);

/// <summary>Fits the reader of refusals: two logistic regressions with a quadratic penalty, by Adam over all rows at once.</summary>
/// <remarks>Nothing is drawn at random, so the same rows give the same weights. Adam is Kingma and Ba 2014, arXiv:1412.6980.</remarks>
internal static class RefusalFit
{
    private const double Penalty = 2, PartialWeight = 2, OwnWeight = 0.3, OwnPartialWeight = 0.25, CutWeight = 0.3;
    private const int Steps = 300, FewestPrompts = 3;
    private const double Rate = 0.05, Slow = 0.9, Fast = 0.99;

    /// <summary>Fits on labelled answers, on this project's own (<see cref="RefusalExamples"/>), and on the first sentences of full and
    /// partial refusals where these refuse by themselves: people label long answers, other models refuse in one sentence.</summary>
    public static RefusalReader Fit(IReadOnlyList<LabelledAnswer> answers)
    {
        var rows = answers.Select(answer => new Row(RefusalFeatures.Of(answer.Answer), answer.Kind, 1, answer.Prompt)).ToList();
        rows.AddRange(RefusalExamples.All().Select(own => new Row(RefusalFeatures.Of(own.Answer), own.Kind, Weight(own.Kind), "own")));
        rows.AddRange(answers.Where(answer => answer.Kind != RefusalKind.Complied).Select(answer => FirstSentence(answer.Answer))
            .OfType<string>().Select(cut => new Row(RefusalFeatures.Of(cut), RefusalKind.Refused, CutWeight, "cut")));
        rows.RemoveAll(row => row.Features is null);

        // A bucket that only one or two prompts fill is about their subject, not about refusing.
        var prompts = new Dictionary<int, HashSet<string>>();
        foreach (var row in rows)
        {
            foreach (var place in row.Features!.Keys)
            {
                (prompts.TryGetValue(place, out var known) ? known : prompts[place] = []).Add(row.Prompt);
            }
        }

        var kept = rows.ConvertAll(row => row with
        {
            Features = row.Features!.Where(pair => pair.Key < RefusalFeatures.Named || prompts[pair.Key].Count >= FewestPrompts)
                .ToDictionary(pair => pair.Key, pair => pair.Value),
        });
        var refusing = kept.FindAll(row => row.Kind != RefusalKind.Complied).ConvertAll(row => row with
        {
            Weight = row.Weight * (row.Kind == RefusalKind.PartlyRefused ? PartialWeight : 1),
        });
        return new RefusalReader(new RefusalWeights(
            Regress(kept, row => row.Kind != RefusalKind.Complied), Regress(refusing, row => row.Kind == RefusalKind.PartlyRefused)));
    }

    private static double Weight(RefusalKind kind) => kind switch
    {
        RefusalKind.Complied => 2 * OwnWeight,
        RefusalKind.PartlyRefused => OwnPartialWeight,
        _ => OwnWeight,
    };

    private static string? FirstSentence(string answer)
    {
        var sentences = RefusalFeatures.Sentences(RefusalFeatures.Plain(answer));
        return sentences.Count >= 3 && RefusalPhrases.Refusal().IsMatch(sentences[0]) ? sentences[0] : null;
    }

    private static float[] Regress(List<Row> rows, Func<Row, bool> isPositive)
    {
        var data = rows.ConvertAll(row => (Features: row.Features!.ToArray(), Positive: isPositive(row) ? 1.0 : 0.0, row.Weight));
        var active = data.SelectMany(row => row.Features.Select(pair => pair.Key)).Distinct().Order().ToArray();
        var (weights, gradient) = (new double[RefusalFeatures.Count], new double[RefusalFeatures.Count]);
        var (mean, square) = (new double[RefusalFeatures.Count], new double[RefusalFeatures.Count]);
        for (var step = 1; step <= Steps; step++)
        {
            foreach (var place in active)
            {
                gradient[place] = place == 0 ? 0 : Penalty * weights[place];
            }

            foreach (var (features, positive, weight) in data)
            {
                var sum = features.Sum(pair => weights[pair.Key] * pair.Value);
                var error = weight * ((1 / (1 + Math.Exp(-sum))) - positive);
                foreach (var (place, value) in features)
                {
                    gradient[place] += error * value;
                }
            }

            var rate = step < 0.7 * Steps ? Rate : Rate / 10;
            foreach (var place in active)
            {
                mean[place] = (Slow * mean[place]) + ((1 - Slow) * gradient[place]);
                square[place] = (Fast * square[place]) + ((1 - Fast) * gradient[place] * gradient[place]);
                weights[place] -= rate * (mean[place] / (1 - Math.Pow(Slow, step)))
                    / (Math.Sqrt(square[place] / (1 - Math.Pow(Fast, step))) + 1e-8);
            }
        }

        return Array.ConvertAll(weights, weight => (float)weight);
    }

    private sealed record Row(IReadOnlyDictionary<int, double>? Features, RefusalKind Kind, double Weight, string Prompt);
}
