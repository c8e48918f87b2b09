using SEAS.Training.Models;
using SEAS.Training.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SEAS.Training.Recipes;

/// <summary>Turns the gradients of one step into new weights: clip, AdamW, learning rate of the step.</summary>
/// <remarks>AdamW: Loshchilov and Hutter 2019, arXiv:1711.05101, algorithm 2. Clipping: Pascanu et al. 2013, arXiv:1211.5063,
/// algorithm 1.</remarks>
internal sealed class WeightUpdate : IDisposable
{
    private readonly List<Parameter> _parameters;
    private readonly FusedAdamW _optimizer;
    private readonly LearningRateSchedule _schedule;
    private readonly double _maxGradNorm;
    private readonly int _steps;

    /// <param name="model">The model to train.</param>
    /// <param name="settings">Validated settings.</param>
    /// <param name="steps">Optimizer steps of the whole training.</param>
    public WeightUpdate(LlamaModel model, TrainingSettings settings, int steps)
    {
        _parameters = [.. model.Trainable.Select(parameter => parameter.Value)];
        _optimizer = new FusedAdamW(
            _parameters, settings.AdamBeta1, settings.AdamBeta2, settings.AdamEpsilon, settings.WeightDecay);
        _schedule = new LearningRateSchedule(settings, steps);
        _maxGradNorm = settings.MaxGradNorm;
        _steps = steps;
    }

    /// <summary>Takes one step and forgets the gradients.</summary>
    /// <param name="step">Counted from 0.</param>
    /// <param name="loss">The step's loss: no step is taken on one that is not finite.</param>
    /// <returns>The learning rate used, and the gradient's norm before clipping.</returns>
    /// <exception cref="TrainingDivergedException">The loss or the gradient is not finite. The weights are unchanged.</exception>
    public (double LearningRate, double GradNorm) Apply(int step, double loss)
    {
        using var temporaries = NewDisposeScope();
        var learningRate = _schedule.At(step);
        Require("loss", loss);
        var norm = nn.utils.clip_grad_norm_(_parameters, _maxGradNorm);
        Require("gradient norm", norm);

        _optimizer.Step(learningRate);
        _optimizer.ForgetGradients();
        return (learningRate, norm);

        void Require(string quantity, double value)
        {
            if (!double.IsFinite(value))
            {
                _optimizer.ForgetGradients();
                throw new TrainingDivergedException(step + 1, _steps, quantity, value, learningRate);
            }
        }
    }

    /// <summary>Frees the optimizer's state and forgets gradients left by a pass that was not finished.</summary>
    public void Dispose()
    {
        _optimizer.ForgetGradients();
        _optimizer.Dispose();
    }
}
