namespace SEAS.Training.Engine.Recipes;

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
