namespace SEAS.Training.Engine.Models;

/// <summary>The sizes that make one Llama-shaped decoder: everything that its weights do not say themselves.</summary>
/// <param name="HiddenSize">D, the width of the residual stream. At least 1; a multiple of <paramref name="Heads"/>.</param>
/// <param name="Layers">Decoder blocks. At least 1.</param>
/// <param name="Heads">H, query heads. A multiple of <paramref name="KvHeads"/>.</param>
/// <param name="KvHeads">Key and value heads; H / KvHeads query heads share one of them (grouped-query attention).</param>
/// <param name="IntermediateSize">Width of the feed-forward part.</param>
/// <param name="VocabularySize">Rows of the embedding and of the head.</param>
/// <param name="MaxPositions">Longest sequence, in tokens, that the model was made for.</param>
/// <param name="RmsNormEps">Added to the mean square before the root; greater than 0, 1e-5 is usual.</param>
/// <param name="RopeTheta">Base of the rotary wavelengths; greater than 0, 10,000 is usual.</param>
/// <param name="TiedEmbeddings">True when the head is the embedding's own matrix.</param>
public sealed record LlamaConfig(
    int HiddenSize,
    int Layers,
    int Heads,
    int KvHeads,
    int IntermediateSize,
    int VocabularySize,
    int MaxPositions,
    double RmsNormEps,
    double RopeTheta,
    bool TiedEmbeddings)
{
    private const int MostLayers = 1024;   // the largest published models have some 130; a damaged file may say anything

    /// <summary>Which family's name stands in a folder's files.</summary>
    public ModelFamily Family { get; init; }

    /// <summary>Width of one head where it is not D / H; null where it is.</summary>
    public int? HeadWidth { get; init; }

    /// <summary>Whether the projections to queries, keys and values add a bias, as Qwen2's do.</summary>
    public bool InputBias { get; init; }

    /// <summary>Whether attention's output projection adds one too, as a Llama with <c>attention_bias</c> does.</summary>
    public bool OutputBias { get; init; }

    /// <summary>How rotary wavelengths are stretched for longer contexts; null leaves them as they are.</summary>
    public RotaryScaling? Scaling { get; init; }

    /// <summary>How many tokens a token sees, itself and those right before it; null where it sees all before it.</summary>
    public int? Window { get; init; }

    /// <summary>The blocks that <see cref="Window"/> holds for; null where it holds for all.</summary>
    public LayerSet? WindowLayers { get; init; }

    /// <summary>Blocks whose queries and keys are not turned by their positions (SmolLM3); null where all turn.</summary>
    public LayerSet? UnturnedLayers { get; init; }

    /// <summary>Whether queries and keys are normed head by head before they are turned, as Qwen3's are.</summary>
    public bool NormedHeads { get; init; }

    /// <summary>How many tokens a token of a block sees; null where it sees all before it.</summary>
    public int? WindowAt(int layer) => Window is { } window && WindowLayers?.Contains(layer) != false ? window : null;

    /// <summary>Whether a block turns queries and keys by their positions.</summary>
    public bool TurnsAt(int layer) => UnturnedLayers?.Contains(layer) != true;

    /// <summary>Width of one head: as a rule D / H.</summary>
    public int HeadSize => HeadWidth ?? HiddenSize / Heads;

    /// <summary>Query heads that share one key and value head.</summary>
    public int GroupSize => Heads / KvHeads;

    /// <summary>Trainable numbers in total; a tied head counts once.</summary>
    public long ParameterCount => LlamaParameters.Shapes(this).Sum(parameter => parameter.Shape.Aggregate(1L, (a, b) => a * b));

    /// <summary>Everything that is wrong with these sizes, one sentence each; empty when a model can be built.</summary>
    public IReadOnlyList<string> Problems()
    {
        List<string> problems = [];
        RequirePositive(HiddenSize, nameof(HiddenSize));
        RequirePositive(Layers, nameof(Layers));
        RequirePositive(Heads, nameof(Heads));
        RequirePositive(KvHeads, nameof(KvHeads));
        RequirePositive(IntermediateSize, nameof(IntermediateSize));
        RequirePositive(VocabularySize, nameof(VocabularySize));
        RequirePositive(MaxPositions, nameof(MaxPositions));
        RequirePositive(RmsNormEps, nameof(RmsNormEps));
        RequirePositive(RopeTheta, nameof(RopeTheta));
        if (problems.Count > 0)
        {
            return problems;
        }

        if (Layers > MostLayers)
        {
            problems.Add($"Layers must be at most {MostLayers} but is {Layers}.");
        }

        if (HeadWidth is <= 0)
        {
            problems.Add($"HeadWidth must be greater than 0 but is {HeadWidth}.");
        }
        else if (HeadWidth is null && HiddenSize % Heads != 0)
        {
            problems.Add($"HiddenSize {HiddenSize} is not a multiple of Heads {Heads}; every head needs the same width.");
        }
        else if (HeadSize % 2 != 0)
        {
            problems.Add($"The head width is {HeadSize}; rotary embedding turns pairs, so it must be even.");
        }

        if (Heads % KvHeads != 0)
        {
            problems.Add($"Heads {Heads} is not a multiple of KvHeads {KvHeads}; each key head serves the same number of query heads.");
        }

        if (Window is <= 0)
        {
            problems.Add($"The sliding window must be 1 token or more but is {Window}.");
        }

        problems.AddRange(Scaling?.Problems() ?? []);
        return problems;

        void RequirePositive(double value, string name)
        {
            if (!(value > 0) || double.IsInfinity(value))
            {
                problems.Add($"{name} must be greater than 0 but is {value}.");
            }
        }
    }

    /// <summary>Stops with every problem at once when no model can be built.</summary>
    /// <exception cref="ArgumentException">At least one size is impossible; the message lists all.</exception>
    public void Validate()
    {
        var problems = Problems();
        if (problems.Count > 0)
        {
            throw new ArgumentException("These model sizes do not fit together:\n  • " + string.Join("\n  • ", problems));
        }
    }
}
