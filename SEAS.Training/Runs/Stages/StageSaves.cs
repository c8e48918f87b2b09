using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Data.Storage;
using SEAS.Training.Engine.Recipes;
using SEAS.Training.ModelFiles;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Plan;
using static TorchSharp.torch;

namespace SEAS.Training.Runs.Stages;

/// <summary>Keeps the training of one stage beside the checkpoint that it will become, as often as the plan says, until that is written.</summary>
internal sealed class StageSaves : ITrainingSaves
{
    // A stop is answered at once where little would be lost.
    private static readonly TimeSpan s_worthKeeping = TimeSpan.FromSeconds(20);

    private readonly LoopContext _context;
    private readonly MetricRecorder _metrics;
    private readonly OptimizePlan _plan;
    private readonly TrainingFiles _files;
    private readonly string _origin;
    private readonly string _what;
    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();

    /// <param name="context">The run.</param>
    /// <param name="role">Whose training.</param>
    /// <param name="iteration">The iterate that it makes.</param>
    /// <param name="metrics">What its steps measured.</param>
    /// <param name="origin">Checksum of the weights that it begins from.</param>
    public StageSaves(LoopContext context, ModelRole role, int iteration, MetricRecorder metrics, string origin)
    {
        (_context, _metrics, _origin, _plan) = (context, metrics, origin, context.Plan.Optimize);
        _files = Files(context, role, iteration);
        _what = iteration == 0 ? $"Initialization of {role}" : $"Round {iteration}, tuning of {role}";
    }

    /// <summary>Removes what was kept of a training whose checkpoint is recorded.</summary>
    public static void Remove(LoopContext context, ModelRole role, int iteration) => Files(context, role, iteration).Remove();

    /// <inheritdoc/>
    public SavedStep? Restore(string training, IReadOnlyList<(string Name, Tensor Value)> state) =>
        _files.Restore(Named(training), state, refusal => _context.Publish(new AlertEvent($"{_what}: {refusal}"))) is { } page
            ? new SavedStep(training, page.Step, page.Tokens)
            : null;

    /// <inheritdoc/>
    public void TakenUp(SavedStep at, IReadOnlyList<(IReadOnlyList<int> Examples, IReadOnlyList<int> General)> done)
    {
        _metrics.TakeUp(at.Tokens, done);
        _context.Publish(new TrainingTakenUpEvent(_metrics.Role, _metrics.Round, at.Step));
    }

    /// <inheritdoc/>
    public bool IsDue(int step, bool stopping) =>
        (_plan.SaveEverySteps > 0 && (stopping || step % _plan.SaveEverySteps == 0))
        || (_plan.SaveEveryMinutes > 0 && _sinceLast.Elapsed >= (stopping ? s_worthKeeping : TimeSpan.FromMinutes(_plan.SaveEveryMinutes)));

    /// <inheritdoc/>
    public void Save(SavedStep at, IReadOnlyList<(string Name, Tensor Value)> state)
    {
        _metrics.Flush();   // a training that goes on does not measure its first steps again
        _files.Save(new TrainingPage(Named(at.Training), at.Step, at.Tokens, ""), state);
        FolderFlush.ToDisk(_files.Folder);
        _sinceLast.Restart();
    }

    private string Named(string training) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{training} {_origin}")));

    private static TrainingFiles Files(LoopContext context, ModelRole role, int iteration) =>
        new(context.CheckpointFolder(role, iteration) + ".training");
}
