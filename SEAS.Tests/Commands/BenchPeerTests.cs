using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Tests.Support;
using SEAS.Training.Lab.Benchmarks;
using SEAS.Training.ModelFiles;
using SEAS.Web.Commands;
using TorchSharp;

namespace SEAS.Tests.Commands;

/// <summary><c>bench</c> with other programs of the same jobs.</summary>
public sealed class BenchPeerTests : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private static readonly string[] s_small =
    [
        "--dim", "16", "--layers", "1", "--heads", "2", "--kv-heads", "1", "--hidden", "32", "--vocab", "64", "--seq", "16",
        "--prefix", "8", "--examples", "4", "--batch", "2", "--repeats", "1", "--threads", "1",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("nonsense", "There is no peer \"nonsense\". Expected: torchsharp, or the path of a Python program of the same four jobs.")]
    [InlineData("no/such.py", "The peer no/such.py is not there. Expected: a Python program of the same four jobs. Check the path.")]
    public async Task A_peer_that_is_not_there_is_named_before_anything_runs(string peer, string message)
    {
        foreach (var option in (string[])["--peer", "--against"])
        {
            var run = await ProgramRun.OfAsync("bench", "sft", option, peer);

            Assert.Equal((2, ""), (run.ExitCode, run.Output));
            Assert.Equal($"{message}\nCommands and options: ./seas bench --help\n", run.Errors);
        }
    }

    [Fact]
    public async Task A_peer_alone_and_a_comparison_are_not_asked_for_at_once()
    {
        var run = await ProgramRun.OfAsync("bench", "sft", "--peer", "torchsharp", "--against", "torchsharp");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Give one of the two.", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--peer")]
    [InlineData("--against")]
    public async Task Bfloat16_is_measured_without_peers(string option)
    {
        var run = await ProgramRun.OfAsync("bench", "judge", "--weights", "bf16", option, "torchsharp");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Peers compute in f32.", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_models_of_a_bench_multiply_in_what_was_asked_for()
    {
        var settings = new BenchmarkSettings("judge") { Dim = 16, Layers = 1, Heads = 2, KvHeads = 1, Hidden = 32, Vocab = 64, Seq = 16 };
        using var exact = settings.Random(0);
        using var rounded = (settings with { Weights = WeightPrecision.BFloat16 }).Random(0);

        Assert.Equal((torch.float32, torch.bfloat16), (exact.MatrixType, rounded.MatrixType));
        Assert.True(exact.Parameters[0].Value.bfloat16().eq(rounded.Parameters[0].Value).all().ToBoolean());
    }

    [SkippableFact]
    public async Task A_python_program_gets_all_sizes_and_none_of_the_variables_that_slow_it_down()
    {
        // It hands back what it was given in the place of its name.
        var file = Write("""
            import json, os, sys
            given = " ".join(sys.argv[1:]) + " | " + str([os.environ.get(v) for v in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")])
            print("a line before")
            print(json.dumps({"peer": given, "job": sys.argv[1], "seconds": 2.0, "tokens_per_s": 5, "tokens": 10, "parameters": 7,
                              "threads": 3, "peak_rss_mib": 11}))
            """);
        Environment.SetEnvironmentVariable("OPENBLAS_CORETYPE", "Haswell");   // nothing in these tests reads it
        try
        {
            var result = await BenchProcess.RunAsync(
                BenchProgram.Python(file), new BenchmarkSettings("dpo") { Dim = 24, Threads = 3 }, CancellationToken.None);

            Assert.Equal(
                new BenchmarkResult(
                    "dpo --dim 24 --layers 4 --heads 4 --kv-heads 2 --hidden 688 --vocab 2048 --seq 128 --prefix 384 --samples 5 "
                    + "--examples 64 --batch 16 --repeats 3 --threads 3 | [None, None]", "dpo", 2.0, 5, 10, 7, 3, 11),
                result);
        }
        finally
        {
            Environment.SetEnvironmentVariable("OPENBLAS_CORETYPE", null);
        }
    }

    [SkippableTheory]
    [InlineData("raise ModuleNotFoundError(\"No module named 'torch'\")", "apt-get install python3-torch libopenblas0-pthread")]
    [InlineData("import sys; sys.stderr.write('noise\\n'); sys.exit('it broke')", "exit code 1. The last that it said: it broke")]
    [InlineData("print('{\"job\": \"sft\"}')", "printed no result. Expected: a last line of JSON with peer, job, seconds")]
    [InlineData("pass", "printed no result.")]
    public async Task What_a_peer_did_wrong_is_said_plainly(string program, string message)
    {
        var peer = BenchProgram.Python(Write(program));

        var error = await Assert.ThrowsAsync<BenchmarkFailedException>(
            () => BenchProcess.RunAsync(peer, new BenchmarkSettings("sft"), CancellationToken.None));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_cannot_be_started_is_named_with_what_to_install()
    {
        var peer = new BenchProgram("peer.py", ["no-such-python"], new Dictionary<string, string?>(StringComparer.Ordinal));

        var error = await Assert.ThrowsAsync<BenchmarkFailedException>(
            () => BenchProcess.RunAsync(peer, new BenchmarkSettings("sft"), CancellationToken.None));

        Assert.StartsWith("peer.py could not be started: no-such-python is missing", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_python_peer_does_the_same_work()
    {
        var file = SharedData.Require("peers/torch_eager.py");
        var peer = await ProgramRun.OfAsync(["bench", "judge", "--peer", file, "--json", .. s_small]);
        Skip.If(peer.Errors.Contains("python3-torch", StringComparison.Ordinal), "needs Debian's python3-torch");

        var seas = await ProgramRun.OfAsync(["bench", "judge", "--json", .. s_small]);

        Assert.Equal(Work(seas.Output), Work(peer.Output));
        Assert.Contains("pytorch-eager", peer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comparison_runs_seas_and_the_peer_with_both_choices_of_kernels()
    {
        var run = await ProgramRun.OfAsync(["bench", "attack", "--against", "torchsharp", "--runs", "1", "--json", .. s_small]);

        Assert.True(run.ExitCode == 0, run.Errors);
        using var comparison = JsonDocument.Parse(run.Output);
        Assert.Equal(
            ["seas", "torchsharp-eager", "torchsharp-eager, libtorch's kernels"],
            comparison.RootElement.GetProperty("best").EnumerateArray().Select(row => row.GetProperty("program").GetString()));
        Assert.Equal(3, run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);   // a line for each run
        Assert.True(comparison.RootElement.GetProperty("ratio").GetDouble() > 0);
    }

    [Fact]
    public async Task The_best_runs_count_and_the_programs_take_turns()
    {
        var peer = new BenchProgram("peer", [], new Dictionary<string, string?>(StringComparer.Ordinal));
        List<string> order = [];
        // SEAS with two threads and one, the peer likewise; then all again.
        Queue<long> speeds = new([100, 60, 50, 40, 90, 70, 30, 55]);

        var comparison = await BenchComparison.MeasureAsync(
            new BenchmarkSettings("sft"), [peer], threads: [2, 1], runs: 2,
            (program, settings) =>
            {
                order.Add($"{program.Name} {settings.Threads}");
                return Task.FromResult(Result(program.Name, speeds.Dequeue(), settings.Threads));
            },
            report: _ => { });

        Assert.Equal(["seas 2", "seas 1", "peer 2", "peer 1", "seas 2", "seas 1", "peer 2", "peer 1"], order);
        Assert.Equal([100, 70, 50, 55], comparison.Best.Select(row => row.Result.TokensPerSecond));
        Assert.Equal(("peer", 1), (comparison.Strongest.Program, comparison.Strongest.Result.Threads));
        Assert.Equal(100 / 55.0, comparison.Ratio, 1e-12);
        Assert.Contains("The strongest peer: peer, 1 thread. SEAS: 1.82 times its tokens a second,\n182 % of its memory",
            comparison.InWords(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_that_did_other_work_is_not_compared()
    {
        var peer = new BenchProgram("peer", [], new Dictionary<string, string?>(StringComparer.Ordinal));

        var error = await Assert.ThrowsAsync<BenchmarkFailedException>(() => BenchComparison.MeasureAsync(
            new BenchmarkSettings("sft"), [peer], threads: [2], runs: 1,
            (program, _) => Task.FromResult(Result(program.Name, 5, 2) with { Tokens = program == peer ? 11 : 10 }), _ => { }));

        Assert.Contains("peer did other work than SEAS", error.Message, StringComparison.Ordinal);
        Assert.Contains("10 tokens", error.Message, StringComparison.Ordinal);
        Assert.Contains("11 tokens", error.Message, StringComparison.Ordinal);
    }

    private static BenchmarkResult Result(string peer, long speed, int threads) => new(peer, "sft", 1, speed, 10, 7, threads, speed);

    private static (long Tokens, long Parameters) Work(string json)
    {
        using var result = JsonDocument.Parse(json);
        return (result.RootElement.GetProperty("tokens").GetInt64(), result.RootElement.GetProperty("parameters").GetInt64());
    }

    private string Write(string program)
    {
        Skip.IfNot(File.Exists(Python), $"needs {Python}");
        var file = Path.Combine(_folder.Path, "peer.py");
        File.WriteAllText(file, program);
        return file;
    }
}
