using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Training.Lab.Benchmarks;

namespace SEAS.Web.Commands;

/// <summary>Runs a program of the jobs once and reads what it measured.</summary>
internal static class BenchProcess
{
    private static readonly JsonSerializerOptions s_complete = new() { RespectRequiredConstructorParameters = true };

    /// <summary>Starts it, waits, and reads the last line that it printed.</summary>
    /// <exception cref="BenchmarkFailedException">It cannot be started, failed, or printed something else.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled; the process is ended.</exception>
    public static async Task<BenchmarkResult> RunAsync(
        BenchProgram program, BenchmarkSettings settings, CancellationToken cancellation)
    {
        using var process = Start(program, settings);
        try
        {
            var reading = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = await process.StandardError.ReadToEndAsync(cancellation);
            var output = await reading;
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0 ? Read(program, output) : throw Failed(program, process.ExitCode, errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>The job and its sizes, as every program of the jobs takes them.</summary>
    internal static IEnumerable<string> Arguments(BenchmarkSettings settings)
    {
        yield return settings.Job;
        foreach (var (name, value) in (IEnumerable<(string, int)>)[
            ("dim", settings.Dim), ("layers", settings.Layers), ("heads", settings.Heads), ("kv-heads", settings.KvHeads),
            ("hidden", settings.Hidden), ("vocab", settings.Vocab), ("seq", settings.Seq), ("prefix", settings.Prefix),
            ("samples", settings.Samples), ("examples", settings.Examples), ("batch", settings.Batch), ("repeats", settings.Repeats),
            ("threads", settings.Threads)])
        {
            yield return "--" + name;
            yield return value.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static Process Start(BenchProgram program, BenchmarkSettings settings)
    {
        var start = new ProcessStartInfo(program.Command[0], [.. program.Command.Skip(1), .. Arguments(settings)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in program.Variables)
        {
            if (value is null)
            {
                start.Environment.Remove(name);
            }
            else
            {
                start.Environment[name] = value;
            }
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception refused)
        {
            throw new BenchmarkFailedException(
                $"{program.Name} could not be started: {program.Command[0]} is missing or may not be run ({refused.Message}). "
                + "For a Python peer install Debian's Python and torch: apt-get install python3-torch libopenblas0-pthread");
        }
    }

    private static BenchmarkResult Read(BenchProgram program, string output)
    {
        var last = output.TrimEnd().Split('\n')[^1];
        try
        {
            return JsonSerializer.Deserialize<BenchmarkResult>(last, s_complete) ?? throw new JsonException("null");
        }
        catch (JsonException)
        {
            throw new BenchmarkFailedException(
                $"{program.Name} printed no result. Expected: a last line of JSON with peer, job, seconds, tokens_per_s, tokens, "
                + $"parameters, threads and peak_rss_mib. Found: \"{last}\". Is it a program of the same four jobs?");
        }
    }

    private static BenchmarkFailedException Failed(BenchProgram program, int code, string errors) => new(
        errors.Contains("No module named 'torch'", StringComparison.Ordinal)
            ? $"{program.Name} needs torch, which {program.Command[0]} does not have. Install Debian's package: "
                + "apt-get install python3-torch libopenblas0-pthread"
            : $"{program.Name} ended with exit code {code}. The last that it said: {errors.TrimEnd().Split('\n')[^1]}");
}
