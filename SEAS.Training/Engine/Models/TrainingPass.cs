using static TorchSharp.torch;

namespace SEAS.Training.Engine.Models;

/// <summary>One forward and one backward pass of a training through a model.</summary>
internal sealed class TrainingPass : IDisposable
{
    private readonly LlamaModel _model;
    private readonly CheckpointedForward? _checkpoints;

    private TrainingPass(LlamaModel model, bool checkpointing)
    {
        _model = model;
        _checkpoints = checkpointing ? new CheckpointedForward(model) : null;
        model.Checkpoints = _checkpoints;
    }

    /// <summary>Begins a pass; until it is disposed the model's next forward pass with gradients belongs to it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="checkpointing">Whether activations are computed again instead of kept.</param>
    public static TrainingPass Begin(LlamaModel model, bool checkpointing) => new(model, checkpointing);

    /// <summary>Adds the loss's gradient to every trainable parameter's.</summary>
    public void Backward(Tensor loss)
    {
        if (_checkpoints is null)
        {
            loss.backward();
        }
        else
        {
            _checkpoints.Backward(loss);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _model.Checkpoints = null;
        _checkpoints?.Dispose();
    }
}
