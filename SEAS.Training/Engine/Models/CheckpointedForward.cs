using static TorchSharp.torch;

namespace SEAS.Training.Engine.Models;

/// <summary>A forward pass that keeps only what enters each block; the rest is computed once more on the way back.</summary>
/// <remarks>
/// <para>Gradient checkpointing, one segment a block: Chen et al. 2016, arXiv:1604.06174, section 4. Memory for activations falls from all
/// blocks to one block and an (N, D) for each; time grows by one forward pass.</para>
/// <para>Letters: N tokens in the batch, R tokens whose result is wanted, D width.</para>
/// </remarks>
internal sealed class CheckpointedForward(LlamaModel model) : IDisposable
{
    private readonly List<Tensor> _inputs = [];
    private PackedBatch? _batch;
    private Tensor? _rows;
    private Tensor? _end;

    /// <summary>Runs the decoder; call it once, and keep the batch until <see cref="Backward"/>.</summary>
    /// <returns>What the head reads, after the last norm: (N, D), or (R, D).</returns>
    /// <exception cref="InvalidOperationException">It was called before.</exception>
    public Tensor Hidden(PackedBatch batch, Tensor? rows)
    {
        if (_batch is not null)
        {
            throw new InvalidOperationException("A checkpointed pass goes through the model once. Begin another for the next batch.");
        }

        (_batch, _rows) = (batch, rows);
        using var scope = NewDisposeScope();
        using (no_grad())
        {
            var (angles, pattern) = model.Surroundings(batch);
            var x = model.Embed(batch.Ids);                                                  // (N, D)
            for (var layer = 0; layer < model.Blocks.Count; layer++)
            {
                _inputs.Add(Keep(x));
                x = model.Blocks[layer].Forward(x, angles, pattern, layer, RowsAfter(layer));
            }

            _end = Keep(x);
        }

        _end.requires_grad = true;
        return model.Normalize(_end).MoveToOuterDisposeScope();
    }

    /// <summary>Leaves the loss's gradient at every trainable parameter, as <c>backward()</c> would.</summary>
    public void Backward(Tensor loss)
    {
        using var scope = NewDisposeScope();
        var gradient = Leave(loss, null, _end!);                                 // (N, D) or (R, D)
        var (angles, pattern) = model.Surroundings(_batch!);
        for (var layer = model.Blocks.Count - 1; layer >= 0; layer--)
        {
            using var segment = NewDisposeScope();
            using var entered = _inputs[layer];
            var x = entered.detach().requires_grad_();
            var left = model.Blocks[layer].Forward(x, angles, pattern, layer, RowsAfter(layer));
            gradient = Leave(left, gradient, x).MoveToOuterDisposeScope();
        }

        var embedded = model.Embed(_batch!.Ids);
        if (embedded.requires_grad)
        {
            autograd.backward([embedded], [gradient]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _inputs.ForEach(input => input.Dispose());
        _end?.Dispose();
    }

    // Parameters add what they get to what they hold; `entered` is a leaf of this segment alone, so what it holds is its whole gradient.
    private static Tensor Leave(Tensor from, Tensor? gradient, Tensor entered)
    {
        autograd.backward([from], gradient is null ? null : [gradient]);
        return entered.grad!;
    }

    private static Tensor Keep(Tensor tensor)
    {
        tensor.DetachFromDisposeScope();
        return tensor;
    }

    private Tensor? RowsAfter(int layer) => layer == model.Blocks.Count - 1 ? _rows : null;
}
