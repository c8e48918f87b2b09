using SEAS.Data.Contracts;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Recipes;
using static TorchSharp.torch;

namespace SEAS.Tests.Golden;

/// <summary>The small Llamas and the examples of <c>make_golden.py</c>, made by the same formulas.</summary>
internal static class GoldenModel
{
    public const int Vocabulary = 64;

    /// <summary>Parameter i, sorted by name, is filled from the numbers of seed + i: matrices uniform in ±0.3, gains in 1 ± 0.3.</summary>
    public static LlamaModel Build(bool tied, int seed) => Build(Config(tied), seed);

    /// <summary>The sizes that all golden models share.</summary>
    public static LlamaConfig Config(bool tied) => new(
        HiddenSize: 32, Layers: 2, Heads: 4, KvHeads: 2, IntermediateSize: 48, Vocabulary, MaxPositions: 32,
        RmsNormEps: 1e-5, RopeTheta: 10_000, TiedEmbeddings: tied);

    /// <inheritdoc cref="Build(bool, int)"/>
    public static LlamaModel Build(LlamaConfig config, int seed)
    {
        var places = LlamaParameters.Shapes(config).Select(parameter => parameter.Name).Order(StringComparer.Ordinal).ToList();
        return LlamaModel.Build(config, CPU, (name, shape) =>
        {
            var numbers = new GoldenNumbers(seed + places.IndexOf(name));
            var middle = shape.Length == 1 && !LlamaParameters.IsBias(name) ? 1.0 : 0.0;
            var flat = new float[shape.Aggregate(1L, (a, b) => a * b)];
            for (var i = 0; i < flat.Length; i++)
            {
                flat[i] = (float)((0.6 * numbers.Next()) - 0.3 + middle);
            }

            return tensor(flat, shape);
        });
    }

    /// <summary>Rows to learn by heart, and pairs.</summary>
    public static (IReadOnlyList<SftExample> Rows, IReadOnlyList<PreferenceExample> Pairs) Examples()
    {
        var numbers = new GoldenNumbers(1);
        var rows = new List<SftExample>();
        foreach (var (prompt, answer, weight) in new[] { (5, 7, 1.0), (0, 9, 0.5), (11, 3, 2.0), (1, 1, 1.0) })
        {
            rows.Add(new SftExample(numbers.Tokens(prompt), numbers.Tokens(answer), weight));
        }

        var pairs = new List<PreferenceExample>();
        foreach (var (prompt, chosen, rejected) in new[] { (6, 5, 8), (3, 1, 4), (9, 7, 2) })
        {
            pairs.Add(new PreferenceExample(numbers.Tokens(prompt), numbers.Tokens(chosen), numbers.Tokens(rejected)));
        }

        return (rows, pairs);
    }
}
