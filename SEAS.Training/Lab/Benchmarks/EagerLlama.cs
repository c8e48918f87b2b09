using SEAS.Training.Engine.Models;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace SEAS.Training.Lab.Benchmarks;

/// <summary>A Llama as a user of TorchSharp writes it: modules, padded batches, one operation after the other.</summary>
/// <remarks>The peer that SEAS is measured against, so it uses nothing of SEAS's own models. Its parameters carry Hugging Face's names
/// without <c>model.</c> in front. Letters: B rows, T tokens of the longest, D width, V vocabulary.</remarks>
internal sealed class EagerLlama : nn.Module
{
    [ComponentName(Name = "embed_tokens")]
    private readonly Embedding _embedding;

    [ComponentName(Name = "layers")]
    private readonly ModuleList<EagerBlock> _blocks;

    [ComponentName(Name = "norm")]
    private readonly EagerNorm _norm;

    private readonly Tensor _cosines;   // (positions, head width)
    private readonly Tensor _sines;

    /// <param name="config">The sizes; the head is the embedding's own matrix.</param>
    public EagerLlama(LlamaConfig config) : base(nameof(EagerLlama))
    {
        Config = config;
        _embedding = nn.Embedding(config.VocabularySize, config.HiddenSize);
        _blocks = new ModuleList<EagerBlock>([.. Enumerable.Range(0, config.Layers).Select(_ => new EagerBlock(config))]);
        _norm = new EagerNorm(config);
        (_cosines, _sines) = Rotations(config);
        RegisterComponents();
        foreach (var matrix in parameters().Where(parameter => parameter.dim() > 1))
        {
            nn.init.normal_(matrix, std: 0.02);
        }
    }

    /// <summary>The sizes it was built with.</summary>
    public LlamaConfig Config { get; }

    /// <summary>Runs the decoder over padded rows.</summary>
    /// <param name="ids">(B, T), int64.</param>
    /// <param name="positions">(B, T), int64; null where every row begins at 0.</param>
    /// <param name="mask">Added to the attention's scores, (B, 1, T, keys); null where every token sees those before it and itself.</param>
    /// <param name="caches">Keys and values so far, a cache for each block, which grow by T; null keeps none.</param>
    /// <returns>What the head reads, after the last norm: (B, T, D).</returns>
    public Tensor Hidden(Tensor ids, Tensor? positions = null, Tensor? mask = null, IReadOnlyList<EagerCache>? caches = null)
    {
        using var scope = NewDisposeScope();
        var (cosines, sines) = positions is null
            ? (_cosines.narrow(0, 0, ids.shape[1]), _sines.narrow(0, 0, ids.shape[1]))   // (T, head width)
            : (_cosines[positions].unsqueeze(1), _sines[positions].unsqueeze(1));        // (B, 1, T, head width)
        var x = _embedding.forward(ids);
        for (var layer = 0; layer < _blocks.Count; layer++)
        {
            x = _blocks[layer].Forward(x, cosines, sines, mask, caches?[layer]);
        }

        return _norm.Forward(x).MoveToOuterDisposeScope();
    }

    /// <summary>The head: (…, D) to unnormalised log-probabilities (…, V).</summary>
    /// <param name="hidden">What <see cref="Hidden"/> returned, or some of its rows.</param>
    /// <param name="tokens">How many tokens, the first ones, are asked for; null wants all.</param>
    public Tensor Logits(Tensor hidden, int? tokens = null) =>
        nn.functional.linear(hidden, tokens is { } count ? _embedding.weight!.narrow(0, 0, count) : _embedding.weight!);

    private static (Tensor Cosines, Tensor Sines) Rotations(LlamaConfig config)
    {
        using var scope = NewDisposeScope();
        var frequencies = 1.0 / pow(config.RopeTheta, arange(0, config.HeadSize, 2, float32) / config.HeadSize);
        var angles = outer(arange(config.MaxPositions, float32), frequencies);
        angles = cat([angles, angles], -1);
        return (angles.cos().DetachFromDisposeScope(), angles.sin().DetachFromDisposeScope());
    }
}
