using System.Runtime.InteropServices;
using SEAS.Training.Engine.Randomness;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Models;

/// <summary>A model's adapters while they are trained: its own weights are frozen, and no second copy of them is needed.</summary>
public sealed class LoraAdapters : IDisposable
{
    private readonly LlamaModel _model;
    private readonly List<(Projection On, LoraPair Pair)> _pairs = [];

    private LoraAdapters(LlamaModel model) => _model = model;

    /// <summary>The adapters' matrices, by PEFT's names without its prefix, for example
    /// <c>model.layers.0.self_attn.q_proj.lora_A.weight</c>.</summary>
    public IReadOnlyList<(string Name, Parameter Value)> Parameters { get; private set; } = [];

    /// <summary>Attaches fresh adapters. A is uniform in ±1/√in, B is 0, so the model computes what it did.</summary>
    /// <param name="model">The model; its own weights stop learning until the adapters are merged or disposed.</param>
    /// <param name="settings">Checked settings.</param>
    /// <param name="stream">Where A comes from.</param>
    public static LoraAdapters Attach(LlamaModel model, LoraSettings settings, RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(stream);
        return Attach(model, settings, (projection, rank) =>
        {
            var (wide, narrow) = (projection.Weight.shape[1], projection.Weight.shape[0]);
            var bound = 1 / Math.Sqrt(wide);
            var down = empty([rank, wide], dtype: float32, device: CPU);
            foreach (ref var number in MemoryMarshal.Cast<byte, float>(down.bytes))
            {
                number = (float)(((2 * stream.NextDouble()) - 1) * bound);
            }

            return (down, zeros([narrow, rank], dtype: float32, device: CPU));
        });
    }

    /// <summary>Attaches adapters with matrices from elsewhere.</summary>
    /// <param name="model">The model.</param>
    /// <param name="settings">Checked settings.</param>
    /// <param name="source">Gives A (r, in) and B (out, r) for a projection.</param>
    internal static LoraAdapters Attach(LlamaModel model, LoraSettings settings, Func<Projection, int, (Tensor A, Tensor B)> source)
    {
        using var scope = NewDisposeScope();
        var adapters = new LoraAdapters(model);
        List<(string, Parameter)> parameters = [];
        foreach (var projection in model.Projections.Where(projection => settings.Targets.Contains(projection.Target)))
        {
            var (a, b) = source(projection, settings.Rank);
            var pair = new LoraPair(Own(a), Own(b), settings.Scale);
            projection.Adapter = pair;
            adapters._pairs.Add((projection, pair));
            parameters.Add(($"{projection.Name}.lora_A.weight", pair.A));
            parameters.Add(($"{projection.Name}.lora_B.weight", pair.B));
        }

        adapters.Parameters = parameters;
        model.Freeze(adapters);
        return adapters;

        Parameter Own(Tensor numbers)
        {
            var parameter = nn.Parameter(numbers.to(model.Device));
            parameter.DetachFromDisposeScope();
            return parameter;
        }
    }

    /// <summary>Takes the adapters' part away until the result is disposed: the model as it was before, on the same weights.</summary>
    public IDisposable Suspend()
    {
        _pairs.ForEach(pair => pair.On.Adapter = null);
        return new Suspension(this);
    }

    /// <summary>A copy of what was learnt so far.</summary>
    internal LoraDelta Learnt() => LoraDelta.Of([.. _pairs.Select(pair => (pair.On.Name, pair.Pair))]);

    /// <summary>Adds what was learnt to the model's own weights, or keeps it beside those that are others' too, and takes the adapters
    /// off.</summary>
    public void Merge()
    {
        using var scope = NewDisposeScope();
        using var statistics = no_grad();
        foreach (var (on, pair) in _pairs)
        {
            on.Take(pair, beside: _model.Shares);
        }

        Dispose();
    }

    /// <summary>Takes the adapters off; the model is what it was before they came.</summary>
    public void Dispose()
    {
        foreach (var (on, pair) in _pairs)
        {
            on.Adapter = null;
            pair.A.Dispose();
            pair.B.Dispose();
        }

        _pairs.Clear();
        Parameters = [];
        _model.Unfreeze(this);
    }

    private sealed class Suspension(LoraAdapters adapters) : IDisposable
    {
        public void Dispose() => adapters._pairs.ForEach(pair => pair.On.Adapter = pair.Pair);
    }
}
