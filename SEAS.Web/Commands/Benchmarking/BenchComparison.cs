using System.Globalization;
using System.Text;
using SEAS.Data.Contracts;
using SEAS.Training.Lab.Benchmarks;

namespace SEAS.Web.Commands;

/// <summary>What the same job took SEAS and its peers: the best of several runs of each, done alternately.</summary>
/// <param name="Runs">Runs of each program with each number of threads.</param>
/// <param name="Best">The fastest run of each, SEAS first.</param>
internal sealed record BenchComparison(int Runs, IReadOnlyList<(string Program, BenchmarkResult Result)> Best)
{
    /// <summary>SEAS with its better number of threads.</summary>
    public BenchmarkResult Seas => Best.Where(row => row.Program == BenchmarkJobs.Name).MaxBy(row => row.Result.TokensPerSecond).Result;

    /// <summary>The strongest of all peers.</summary>
    public (string Program, BenchmarkResult Result) Strongest =>
        Best.Where(row => row.Program != BenchmarkJobs.Name).MaxBy(row => row.Result.TokensPerSecond);

    /// <summary>How many times as fast SEAS is as the strongest peer.</summary>
    public double Ratio => Against(Strongest.Result);

    /// <summary>Runs all programs, one after the other, as often as asked.</summary>
    /// <param name="settings">The job and its sizes; the threads are those of <paramref name="threads"/>.</param>
    /// <param name="peers">The programs beside SEAS.</param>
    /// <param name="threads">Each program runs with each of these.</param>
    /// <param name="runs">How often.</param>
    /// <param name="run">Runs a program once.</param>
    /// <param name="report">Told of every run as it ends.</param>
    /// <exception cref="BenchmarkFailedException">A program failed, or did other work than SEAS.</exception>
    public static async Task<BenchComparison> MeasureAsync(
        BenchmarkSettings settings,
        IReadOnlyList<BenchProgram> peers,
        IReadOnlyList<int> threads,
        int runs,
        Func<BenchProgram, BenchmarkSettings, Task<BenchmarkResult>> run,
        Action<string> report)
    {
        (BenchProgram Program, int Threads)[] all = [.. from program in (BenchProgram[])[BenchProgram.Seas, .. peers]
                                                        from count in threads
                                                        select (program, count)];
        var best = new BenchmarkResult?[all.Length];
        for (var round = 1; round <= runs; round++)
        {
            for (var i = 0; i < all.Length; i++)
            {
                var (program, count) = all[i];
                var result = await run(program, settings with { Threads = count });
                RequireSameWork(program, best[0] ?? result, result);
                best[i] = best[i] is { } old && old.TokensPerSecond >= result.TokensPerSecond ? old : result;
                report($"{round} of {runs}: {Line(program.Name, result)}");
            }
        }

        return new BenchComparison(runs, [.. all.Select((one, i) => (one.Program.Name, best[i]!))]);
    }

    /// <summary>A table for people, and what it comes to.</summary>
    public string InWords()
    {
        var text = new StringBuilder();
        var (program, strongest) = Strongest;
        text.Append(
            CultureInfo.InvariantCulture, $"{Seas.Job}: {Seas.Tokens:N0} tokens, {Seas.Parameters:N0} parameters, best of {Runs}\n");
        foreach (var (name, result) in Best)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Line(name, result)}, SEAS is {Against(result):0.00} times as fast\n");
        }

        return text.Append(
            CultureInfo.InvariantCulture,
            $"""
            The strongest peer: {program}, {Threads(strongest)}. SEAS: {Ratio:0.00} times its tokens a second,
            {100.0 * Seas.PeakRssMib / strongest.PeakRssMib:0} % of its memory
            """).ToString();
    }

    /// <summary>The same for programs: one object.</summary>
    public object InJson() => new
    {
        job = Seas.Job,
        runs = Runs,
        ratio = Math.Round(Ratio, 3),
        strongest = Strongest.Program,
        best = Best.Select(row => new { program = row.Program, result = row.Result }),
    };

    private double Against(BenchmarkResult result) => (double)Seas.TokensPerSecond / result.TokensPerSecond;

    private static string Line(string name, BenchmarkResult result) => FormattableString.Invariant(
        $"{name,-38} {Threads(result),-10} {result.TokensPerSecond,9:N0} tokens/s {result.PeakRssMib,7:N0} MiB");

    private static string Threads(BenchmarkResult result) => result.Threads == 1 ? "1 thread" : $"{result.Threads} threads";

    private static void RequireSameWork(BenchProgram program, BenchmarkResult expected, BenchmarkResult found)
    {
        if ((expected.Job, expected.Tokens, expected.Parameters) != (found.Job, found.Tokens, found.Parameters))
        {
            throw new BenchmarkFailedException(
                $"{program.Name} did other work than SEAS, so their times cannot be compared. Expected: job {expected.Job}, "
                + $"{expected.Tokens} tokens, {expected.Parameters} parameters. Found: job {found.Job}, {found.Tokens} tokens, "
                + $"{found.Parameters} parameters. Use a program of the same four jobs that takes the same sizes.");
        }
    }
}
