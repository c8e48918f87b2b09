using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using SEAS.Training.Lab.Benchmarks;
using SEAS.Training.ModelFiles;

namespace SEAS.Web.Commands;

/// <summary><c>bench</c>: times one of the four pieces of work of a round, at sizes that other programs can take too.</summary>
internal static class BenchCommand
{
    private const int Large = 1 << 20;
    private static readonly BenchmarkSettings s_standard = new("sft");

    private static readonly Argument<string> s_job = new("job") { Description = "sft, dpo, attack or judge." };
    private static readonly Option<int> s_dim = Size("--dim", "Width of the model.", s_standard.Dim);
    private static readonly Option<int> s_layers = Size("--layers", "Decoder blocks.", s_standard.Layers);
    private static readonly Option<int> s_heads = Size("--heads", "Query heads.", s_standard.Heads);
    private static readonly Option<int> s_kvHeads = Size("--kv-heads", "Key and value heads.", s_standard.KvHeads);
    private static readonly Option<int> s_hidden = Size("--hidden", "Width of the feed-forward part.", s_standard.Hidden);
    private static readonly Option<int> s_vocab = Size("--vocab", "Tokens in the vocabulary.", s_standard.Vocab);
    private static readonly Option<int> s_seq = Size("--seq", "Longest sequence, in tokens.", s_standard.Seq);
    private static readonly Option<int> s_prefix = Size("--prefix", "judge: tokens before every text.", s_standard.Prefix);
    private static readonly Option<int> s_samples = Size("--samples", "attack: answers to each prompt.", s_standard.Samples);
    private static readonly Option<int> s_examples = Size("--examples", "Sequences, pairs, prompts or texts.", s_standard.Examples);
    private static readonly Option<int> s_batch = Size("--batch", "Examples per optimizer step.", s_standard.Batch);
    private static readonly Option<int> s_repeats = Size("--repeats", "Timed repetitions; the median counts.", s_standard.Repeats);
    private static readonly Option<int> s_threads = Size("--threads", "Processor threads.", s_standard.Threads);
    private static readonly Option<string> s_weights = new("--weights")
    {
        Description = "In what the models of SEAS multiply, f32 or bf16. Peers compute in f32, so bf16 is measured without them.",
        DefaultValueFactory = _ => WeightPrecisions.Name(WeightPrecision.Float32),
    };

    private static readonly Option<bool> s_json = Options.Flag("--json", "Print one line of JSON.");

    private static readonly Option<string?> s_peer = new("--peer")
    {
        Description = "Let another program do the job: torchsharp (the same on TorchSharp's modules, with padding) or a Python program.",
        HelpName = "PEER",
    };

    private static readonly Option<string[]> s_against = new("--against")
    {
        Description = "Run SEAS and this peer in turns, each time in a new process, and compare the best runs. May be given more than "
            + "once; torchsharp runs with both choices of kernels.",
        HelpName = "PEER",
    };

    private static readonly Option<int> s_runs = Options.Number("--runs", 3, 1, 1000, "--against: runs of each program.");

    private static readonly Option<bool> s_oneThread = Options.Flag(
        "--one-thread-too", "--against: run each program with one thread as well; its better runs count.");

    public static Command Create()
    {
        s_job.AcceptOnlyFromAmong([.. BenchmarkJobs.Names]);
        s_weights.AcceptOnlyFromAmong(WeightPrecisions.Name(WeightPrecision.Float32), WeightPrecisions.Name(WeightPrecision.BFloat16));
        var command = new Command("bench", "Measure a piece of a round's work on this machine: sft, dpo, attack or judge.")
        {
            s_job, s_dim, s_layers, s_heads, s_kvHeads, s_hidden, s_vocab, s_seq, s_prefix, s_samples, s_examples, s_batch,
            s_repeats, s_threads, s_weights, s_json, s_peer, s_against, s_runs, s_oneThread,
        };
        s_peer.Validators.Add(result => RequirePeers(result, [result.GetValueOrDefault<string?>()]));
        s_against.Validators.Add(result => RequirePeers(result, result.GetValueOrDefault<string[]>()));
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var settings = Settings(arguments);
        if (settings.Weights != WeightPrecision.Float32 
            && (arguments.GetValue(s_peer) is not null || arguments.GetValue(s_against) is { Length: > 0 }))
        {
            throw new UsageException("Peers compute in f32. Measure SEAS alone with --weights bf16, without --peer and --against.");
        }

        if (arguments.GetValue(s_against) is { Length: > 0 } against)
        {
            if (arguments.GetValue(s_peer) is not null)
            {
                throw new UsageException("--peer runs another program alone and --against compares SEAS with it. Give one of the two.");
            }

            var comparison = await BenchComparison.MeasureAsync(
                settings,
                [.. against.SelectMany(BenchProgram.All)],
                arguments.GetValue(s_oneThread) ? [.. ((int[])[settings.Threads, 1]).Distinct()] : [settings.Threads],
                arguments.GetValue(s_runs),
                (program, sizes) => BenchProcess.RunAsync(program, sizes, cancellation),
                Console.Error.WriteLine);
            Console.WriteLine(arguments.GetValue(s_json) ? JsonSerializer.Serialize(comparison.InJson()) : comparison.InWords());
            return ExitCodes.Success;
        }

        var result = arguments.GetValue(s_peer) is { } peer && peer != BenchProgram.TorchSharp
            ? await BenchProcess.RunAsync(BenchProgram.Python(peer), settings, cancellation)
            : BenchmarkJobs.Run(settings, eager: arguments.GetValue(s_peer) is not null);
        Console.WriteLine(arguments.GetValue(s_json) ? JsonSerializer.Serialize(result) : InWords(result));
        return ExitCodes.Success;
    }

    private static BenchmarkSettings Settings(ParseResult arguments) => new(arguments.GetRequiredValue(s_job))
    {
        Dim = arguments.GetValue(s_dim),
        Layers = arguments.GetValue(s_layers),
        Heads = arguments.GetValue(s_heads),
        KvHeads = arguments.GetValue(s_kvHeads),
        Hidden = arguments.GetValue(s_hidden),
        Vocab = arguments.GetValue(s_vocab),
        Seq = arguments.GetValue(s_seq),
        Prefix = arguments.GetValue(s_prefix),
        Samples = arguments.GetValue(s_samples),
        Examples = arguments.GetValue(s_examples),
        Batch = arguments.GetValue(s_batch),
        Repeats = arguments.GetValue(s_repeats),
        Threads = arguments.GetValue(s_threads),
        Weights = WeightPrecisions.Find(arguments.GetRequiredValue(s_weights))!.Value,
    };

    private static void RequirePeers(OptionResult result, IEnumerable<string?>? peers)
    {
        foreach (var problem in (peers ?? []).Select(peer => peer is null ? null : BenchProgram.Problem(peer)).OfType<string>())
        {
            result.AddError(problem);
        }
    }

    private static string InWords(BenchmarkResult result) => FormattableString.Invariant(
        $"""
        {result.Job}, {result.Peer}: {result.TokensPerSecond:N0} tokens/s ({result.Tokens:N0} tokens in {result.Seconds} s)
        {result.Parameters:N0} parameters, {result.Threads} threads, at most {result.PeakRssMib:N0} MiB
        """);

    private static Option<int> Size(string name, string description, int standard) =>
        Options.Number(name, standard, 1, Large, description);
}
