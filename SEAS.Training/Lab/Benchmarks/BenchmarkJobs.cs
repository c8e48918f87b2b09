using System.Diagnostics;

namespace SEAS.Training.Lab.Benchmarks;

/// <summary>Runs and times the benchmark jobs.</summary>
public static class BenchmarkJobs
{
    /// <summary>The name that results carry.</summary>
    public const string Name = "seas";

    /// <summary>The name that results of the plain TorchSharp program carry (<see cref="EagerLlama"/>).</summary>
    public const string Eager = "torchsharp-eager";

    private static readonly Dictionary<string, (Builder Seas, Builder Eager)> Jobs = new(StringComparer.Ordinal)
    {
        ["sft"] = (settings => new SftJob(settings), settings => new EagerSftJob(settings)),
        ["dpo"] = (settings => new DpoJob(settings), settings => new EagerDpoJob(settings)),
        ["attack"] = (settings => new AttackJob(settings), settings => new EagerAttackJob(settings)),
        ["judge"] = (settings => new JudgeJob(settings), settings => new EagerJudgeJob(settings)),
    };

    private delegate IBenchmarkJob Builder(BenchmarkSettings settings);

    /// <summary>The jobs that can be asked for.</summary>
    public static IReadOnlyCollection<string> Names => Jobs.Keys;

    /// <summary>Does a job once to warm up, then as often as asked, and reports the median.</summary>
    /// <param name="settings">The job and its sizes.</param>
    /// <param name="eager">Whether the plain TorchSharp program does it, in place of SEAS.</param>
    /// <exception cref="ArgumentException">There is no such job, or a size is impossible.</exception>
    public static BenchmarkResult Run(BenchmarkSettings settings, bool eager = false)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Repeats, 1);
        if (!Jobs.TryGetValue(settings.Job, out var builders))
        {
            throw new ArgumentException($"There is no benchmark job \"{settings.Job}\"; there are {string.Join(", ", Jobs.Keys)}.",
                nameof(settings));
        }

        settings.Model.Validate();
        TorchSharp.torch.set_num_threads(settings.Threads);
        using var job = (eager ? builders.Eager : builders.Seas)(settings);
        var tokens = job.RunOnce();
        var seconds = new double[settings.Repeats];
        for (var repeat = 0; repeat < seconds.Length; repeat++)
        {
            var start = Stopwatch.GetTimestamp();
            tokens = job.RunOnce();
            seconds[repeat] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        Array.Sort(seconds);
        var median = seconds[seconds.Length / 2];
        using var process = Process.GetCurrentProcess();
        return new BenchmarkResult(
            eager ? Eager : Name,
            settings.Job,
            Math.Round(median, 3),
            (long)Math.Round(tokens / median),
            tokens,
            settings.Model.ParameterCount,
            settings.Threads,
            process.PeakWorkingSet64 / (1024 * 1024));
    }
}
