using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Recipes;

/// <summary>Turns the gradients of one step into new weights: clip, AdamW, learning rate of the step.</summary>
/// <remarks>AdamW: Loshchilov and Hutter 2019, arXiv:1711.05101, algorithm 2. Clipping: <see cref="GradientNorm"/>.</remarks>
internal sealed class WeightUpdate : IDisposable
{
    private readonly List<Parameter> _parameters;
    private readonly List<string> _names;
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
        _names = [.. model.Trainable.Select(parameter => parameter.Name)];
        _optimizer = new FusedAdamW(
            _parameters, settings.AdamBeta1, settings.AdamBeta2, settings.AdamEpsilon, settings.WeightDecay);
        _schedule = new LearningRateSchedule(settings, steps);
        _maxGradNorm = settings.MaxGradNorm;
        _steps = steps;
    }

    /// <summary>What learns, and what the optimizer remembers of it: the tensors themselves. With the number of the step, which the schedule
    /// goes by, all that the next step depends on besides its batch.</summary>
    public IEnumerable<(string Name, Tensor Value)> State() => _optimizer.State(_names);

    /// <summary>Takes one step and forgets the gradients. Reads the device once: the step's measurements and the gradient's norm.</summary>
    /// <param name="step">Counted from 0.</param>
    /// <param name="sums">What the step's passes measured, its loss among it: no step is taken on one that is not finite.</param>
    /// <returns>The learning rate used, and the gradient's norm before clipping.</returns>
    /// <exception cref="TrainingDivergedException">The loss or the gradient is not finite. The weights are unchanged.</exception>
    public (double LearningRate, double GradNorm) Apply(int step, MetricSums sums)
    {
        using var temporaries = NewDisposeScope();
        var learningRate = _schedule.At(step);
        var norm = sums.Read(GradientNorm.Of(_parameters));
        Require("loss", sums.Sum(MetricNames.Loss));
        Require("gradient norm", norm);
        if (GradientNorm.Factor(norm, _maxGradNorm) is < 1 and var factor)
        {
            GradientNorm.Scale(_parameters, factor);
        }

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

/// <summary>A loss or a gradient stopped being a finite number. The weights are those of the step before: the step was not taken.</summary>
/// <param name="step">The step that failed, counted from 1.</param>
/// <param name="totalSteps">Steps of the whole training.</param>
/// <param name="quantity">What was not finite: the loss or the gradient norm.</param>
/// <param name="value">The value found.</param>
/// <param name="learningRate">The learning rate of the step.</param>
public sealed class TrainingDivergedException(int step, int totalSteps, string quantity, double value, double learningRate)
    : Exception(
        $"Training stopped in step {step} of {totalSteps}: the {quantity} should be a finite number but is {value}. " +
        LikelyCause(step, quantity, learningRate) + " The weights are as the step before left them.")
{
    /// <summary>The step that failed, counted from 1.</summary>
    public int Step { get; } = step;

    private static string LikelyCause(int step, string quantity, double learningRate) => (step, quantity) switch
    {
        (1, "loss") =>
            "It is the first step, so the weights it started from most likely hold numbers that are not finite: check the checkpoint.",
        (_, "loss") => $"The usual cause is too high a learning rate (it was {learningRate:g3}): lower LearningRate or raise WarmupSteps.",
        _ => $"The loss itself was finite, so a number overflowed on the way back; the usual cause is too high a learning rate " +
             $"(it was {learningRate:g3}): lower LearningRate, or lower Beta if this is preference training.",
    };
}
