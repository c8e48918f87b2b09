using static TorchSharp.torch;

namespace SEAS.Training.Engine.Recipes;

/// <summary>Where a training is kept while it runs, so that one that is cut off goes on after the step that was kept last.</summary>
/// <remarks>
/// A training that goes on takes the same steps and ends in the same weights, bit for bit: what is kept is everything that a step depends on
/// and that the recipe cannot make again of its own arguments. Order, schedule and random numbers are made again; that they are the same is
/// what <see cref="SavedStep.Training"/> is compared for.
/// </remarks>
public interface ITrainingSaves
{
    /// <summary>Puts back what was kept of a training.</summary>
    /// <param name="training">Names the training: of another one nothing may be put back.</param>
    /// <param name="state">Where each part belongs; filled in place, all of it or nothing.</param>
    /// <returns>Where the training stood; null when nothing that can be used is kept, and then it begins anew.</returns>
    SavedStep? Restore(string training, IReadOnlyList<(string Name, Tensor Value)> state);

    /// <summary>Called once where something was put back, before the next step.</summary>
    /// <param name="at">Where the training goes on.</param>
    /// <param name="done">What each of the steps before had learnt: examples and general rows by index.</param>
    void TakenUp(SavedStep at, IReadOnlyList<(IReadOnlyList<int> Examples, IReadOnlyList<int> General)> done);

    /// <summary>Whether the training is to be kept after this step. Not asked after the last.</summary>
    /// <param name="step">Counted from 1.</param>
    /// <param name="stopping">Whether it was told to stop, so that there is no later step to be kept.</param>
    bool IsDue(int step, bool stopping);

    /// <summary>Keeps a training as it is between two steps.</summary>
    /// <param name="at">Where it stands.</param>
    /// <param name="state">Every tensor that the next step depends on, by name. Valid during the call.</param>
    void Save(SavedStep at, IReadOnlyList<(string Name, Tensor Value)> state);
}

/// <summary>Where a training stood when it was kept.</summary>
/// <param name="Training">SHA-256, in hexadecimal, of everything that decides its steps: settings, examples, their order, random numbers.</param>
/// <param name="Step">Optimizer steps taken, at least 1.</param>
/// <param name="Tokens">Tokens trained on so far.</param>
public sealed record SavedStep(string Training, int Step, long Tokens);
