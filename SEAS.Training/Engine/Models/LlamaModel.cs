using System.Diagnostics.CodeAnalysis;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Engine.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Models;

/// <summary>A Llama-shaped decoder: embedding, blocks, last norm, head.</summary>
/// <remarks>Letters: N tokens in the batch, D width, V vocabulary. Source: Touvron et al. 2023, arXiv:2302.13971, section 2.2.</remarks>
public sealed class LlamaModel : IMovable, IDisposable
{
    private readonly List<Projection> _projections = [];
    private Parameter _embedding;
    private Parameter _head;
    private DecoderBlock[] _blocks;
    private RmsNorm _norm;
    private RotaryEmbedding _rotary;
    private LoraAdapters? _adapters;
    private SharedWeights _weights;

    private LlamaModel(
        LlamaConfig config, Device device, IReadOnlyList<(string Name, Parameter Value)> parameters, SharedWeights? others = null)
    {
        (Config, Shares, _weights) = (config, others is not null, others ?? new SharedWeights(parameters));
        Assemble(device, parameters);
    }

    /// <summary>The sizes it was built with.</summary>
    public LlamaConfig Config { get; }

    /// <summary>Where its weights live.</summary>
    public Device Device { get; private set; }

    /// <summary>How its matrices are kept: float32 as a rule, or bfloat16.</summary>
    public ScalarType MatrixType => _embedding.dtype;

    /// <summary>The weights, trainable, with Hugging Face's names; a tied head is the embedding and stands here once.</summary>
    public IReadOnlyList<(string Name, Parameter Value)> Parameters { get; private set; }

    /// <summary>Whether the weights are another model's as well: they stay what they are, and what adapters learnt is kept beside them.</summary>
    public bool Shares { get; }

    /// <summary>What a training changes: the weights, or, while adapters are attached, these alone.</summary>
    public IReadOnlyList<(string Name, Parameter Value)> Trainable => _adapters?.Parameters ?? Parameters;

    /// <summary>The blocks, first to last.</summary>
    internal IReadOnlyList<DecoderBlock> Blocks => _blocks;

    /// <summary>Takes the next forward pass with gradients, if there is one.</summary>
    internal CheckpointedForward? Checkpoints { get; set; }

    /// <summary>The linear projections of all blocks.</summary>
    internal IReadOnlyList<Projection> Projections => _projections;

    /// <summary>Builds a model whose weights come from a source.</summary>
    /// <param name="config">The sizes; checked.</param>
    /// <param name="device">Where the weights shall live.</param>
    /// <param name="source">Gives a float32 tensor for a name and shape, on any device. The model takes it over.</param>
    /// <param name="matrices">How matrices are kept: float32, or bfloat16, which takes half the memory. Gains and
    /// biases are float32 either way, and so is all that leaves a product.</param>
    /// <exception cref="ArgumentException">The sizes do not fit together.</exception>
    public static LlamaModel Build(
        LlamaConfig config, Device device, Func<string, long[], Tensor> source, ScalarType matrices = ScalarType.Float32)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(source);
        config.Validate();
        TorchLibrary.Require();
        using var scope = NewDisposeScope();
        var parameters = LlamaParameters.Shapes(config)
            .Select(parameter => (parameter.Name, Own(parameter.Name, parameter.Shape)))
            .ToArray();
        return new LlamaModel(config, device, parameters);

        Parameter Own(string name, long[] shape)
        {
            using var one = NewDisposeScope();   // of what is rounded, one float32 matrix at a time
            var weights = source(name, shape);
            var kept = shape.Length == 2 && matrices != float32 ? weights.type(matrices) : weights;
            var parameter = nn.Parameter(kept.to(device));
            parameter.DetachFromDisposeScope();
            return parameter;
        }
    }

    /// <summary>An untrained model: matrices from N(0, 0.02²), gains 1, biases 0. The same seed gives the same weights
    /// everywhere.</summary>
    /// <param name="config">The sizes; checked.</param>
    /// <param name="seed">Of the numbers drawn.</param>
    /// <param name="device">Where the weights shall live.</param>
    /// <param name="matrices">How matrices are kept: float32, or bfloat16, to which the same numbers are rounded.</param>
    public static LlamaModel Random(LlamaConfig config, ulong seed, Device device, ScalarType matrices = ScalarType.Float32) =>
        Build(config, device, (name, shape) => LlamaParameters.IsBias(name)
            ? zeros(shape, dtype: float32, device: device)
            : shape.Length == 1 ? ones(shape, dtype: float32, device: device)
            : NormalNumbers.Draw(shape, 0.02, new RandomStream(seed, "weights/" + name)), matrices);

    /// <summary>A copy that shares nothing with this model.</summary>
    public LlamaModel Clone()
    {
        var named = Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value, StringComparer.Ordinal);
        return Build(Config, Device, (name, _) => Whole(named[name]).detach().clone(), MatrixType);
    }

    /// <summary>Another model on the same weights: it takes no memory of its own, and is to be disposed like any other. From now on neither
    /// can change them; adapters can be trained on the new one.</summary>
    public LlamaModel Share() => new(Config, Device, Parameters, _weights.Join());

    /// <summary>A weight with what was learnt beside it: the weight itself where that is nothing.</summary>
    internal Tensor Whole(Tensor value) =>
        _projections.Find(projection => ReferenceEquals(projection.Weight, value)) is { } learnt ? learnt.Whole() : value;

    /// <summary>Runs the decoder over a packed batch.</summary>
    /// <param name="batch">The tokens.</param>
    /// <param name="rows">Tokens whose result is wanted, (R) int64, for example <see cref="PackedBatch.AnswerPositions"/>: the last block
    /// does its work for them alone. Null wants all.</param>
    /// <returns>What the head reads, after the last norm: (N, D), or (R, D).</returns>
    public Tensor Hidden(PackedBatch batch, Tensor? rows = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (Checkpoints is { } checkpoints && is_grad_enabled())
        {
            return checkpoints.Hidden(batch, rows);
        }

        using var scope = NewDisposeScope();
        var (angles, pattern) = Surroundings(batch);
        return Hidden(batch.Ids, angles, pattern, rows).MoveToOuterDisposeScope();
    }

    /// <summary>The head: (R, D) to unnormalised log-probabilities (R, V).</summary>
    public Tensor Logits(Tensor rows) => Projection.Product(rows, _head);

    /// <summary>The head for some tokens only: (R, D) and token ids (C) int64 to (R, C).</summary>
    public Tensor Logits(Tensor rows, Tensor tokens)
    {
        using var scope = NewDisposeScope();
        return Projection.Product(rows, _head.Rows(tokens)).MoveToOuterDisposeScope();
    }

    /// <summary>Moves the weights to another device, one after the other, so that no more than one is in both places.</summary>
    /// <exception cref="InvalidOperationException">Adapters are attached, which would stay behind, or the weights are shared.</exception>
    public void MoveTo(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (_adapters is not null)
        {
            throw new InvalidOperationException("A model moves without adapters. Merge or dispose them first.");
        }

        if (_weights.Users > 1 || Shares)
        {
            throw new InvalidOperationException("The weights are other models' as well, so they stay where they are.");
        }

        if (device.type == Device.type && device.index == Device.index)
        {
            return;
        }

        using var scope = NewDisposeScope();
        using var off = no_grad();
        var moved = new List<(string, Parameter)>(Parameters.Count);
        foreach (var (name, value) in Parameters)
        {
            var parameter = nn.Parameter(value.detach().to(device), value.requires_grad);
            parameter.DetachFromDisposeScope();
            value.Dispose();
            moved.Add((name, parameter));
        }

        _rotary.Dispose();
        _weights = new SharedWeights(moved);
        Assemble(device, moved);
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose()
    {
        _rotary.Dispose();
        _projections.ForEach(projection => projection.Settled?.Dispose());
        _weights.Leave();
    }

    /// <summary>Lets adapters learn in place of the weights.</summary>
    internal void Freeze(LoraAdapters adapters)
    {
        if (_adapters is not null)
        {
            throw new InvalidOperationException("The model has adapters already. Merge or dispose them first.");
        }

        _adapters = adapters;
        Learn(weights: false);
    }

    /// <summary>Lets the weights learn again.</summary>
    internal void Unfreeze(LoraAdapters adapters)
    {
        if (ReferenceEquals(_adapters, adapters))
        {
            _adapters = null;
            Learn(weights: true);
        }
    }

    /// <summary>Runs the decoder with a given pattern of attention.</summary>
    /// <param name="ids">(N), int64.</param>
    /// <param name="positions">(N), int64.</param>
    /// <param name="length">One more than the greatest position.</param>
    /// <param name="pattern">Who looks at whom.</param>
    /// <param name="rows">Tokens whose result is wanted, (R); null wants all.</param>
    internal Tensor Hidden(Tensor ids, Tensor positions, int length, IAttentionPattern pattern, Tensor? rows)
    {
        using var scope = NewDisposeScope();
        return Hidden(ids, _rotary.At(positions, length), pattern, rows).MoveToOuterDisposeScope();
    }

    /// <summary>What all blocks share for a batch: the angles of its positions, and who looks at whom.</summary>
    internal (RotaryAngles Angles, IAttentionPattern Pattern) Surroundings(PackedBatch batch) =>
        (_rotary.At(batch.Positions, batch.Length), new PackedAttention(batch, Config, MatrixType));

    /// <summary>Token ids (N) int64 to what enters the first block: (N, D).</summary>
    internal Tensor Embed(Tensor ids)
    {
        var embedded = _embedding.Rows(ids);
        return MatrixType == float32 ? embedded : embedded.type(float32);
    }

    /// <summary>What leaves the last block to what the head reads: (N, D) to (N, D).</summary>
    internal Tensor Normalize(Tensor x) => _norm.Forward(x);

    private Tensor Hidden(Tensor ids, RotaryAngles angles, IAttentionPattern pattern, Tensor? rows)
    {
        using var scope = NewDisposeScope();
        var x = Embed(ids);                                                                  // (N, D)
        for (var layer = 0; layer < _blocks.Length; layer++)
        {
            x = _blocks[layer].Forward(x, angles, pattern, layer, layer == _blocks.Length - 1 ? rows : null);
        }

        return Normalize(x).MoveToOuterDisposeScope();
    }

    [MemberNotNull(
        nameof(Device), nameof(Parameters), nameof(_embedding), nameof(_head), nameof(_blocks), nameof(_norm), nameof(_rotary))]
    private void Assemble(Device device, IReadOnlyList<(string Name, Parameter Value)> parameters)
    {
        Device = device;
        Parameters = parameters;
        var named = parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value, StringComparer.Ordinal);
        _embedding = named[LlamaParameters.Embedding];
        _head = Config.TiedEmbeddings ? _embedding : named[LlamaParameters.Head];
        _norm = new RmsNorm(named[LlamaParameters.FinalNorm], Config.RmsNormEps);
        _rotary = new RotaryEmbedding(Config, device);
        _projections.Clear();
        _blocks = [.. Enumerable.Range(0, Config.Layers).Select(Block)];

        DecoderBlock Block(int layer)
        {
            return new DecoderBlock(
                new RmsNorm(In("input_layernorm"), Config.RmsNormEps),
                new Attention(
                    Config, Onto("self_attn.q_proj"), Onto("self_attn.k_proj"), Onto("self_attn.v_proj"), Onto("self_attn.o_proj"),
                    Config.NormedHeads ? (NormOf("self_attn.q_norm"), NormOf("self_attn.k_norm")) : null),
                new RmsNorm(In("post_attention_layernorm"), Config.RmsNormEps),
                new SwiGlu(Onto("mlp.gate_proj"), Onto("mlp.up_proj"), Onto("mlp.down_proj")));

            Parameter In(string part) => named[LlamaParameters.InLayer(layer, part)];

            RmsNorm NormOf(string part) => new(In(part), Config.RmsNormEps);

            Projection Onto(string part)
            {
                var projection = new Projection(
                    $"model.layers.{layer}.{part}", In(part), named.GetValueOrDefault(LlamaParameters.BiasInLayer(layer, part)));
                _projections.Add(projection);
                return projection;
            }
        }
    }

    private void Learn(bool weights)
    {
        foreach (var (_, value) in Parameters)
        {
            value.requires_grad = weights && !Shares;
        }
    }
}
