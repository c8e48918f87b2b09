using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Training.Lab.Benchmarks;

namespace SEAS.Web.Commands;

/// <summary><c>study decoding</c>: how fast several texts grow at once, by weights that another program can be given.</summary>
internal static class DecodingStudyCommand
{
    private static readonly BenchmarkSettings s_usual = new("attack");
    private static readonly Option<int> s_dim = Size("--dim", "Width of the model.", 512);
    private static readonly Option<int> s_layers = Size("--layers", "Decoder blocks.", 8);
    private static readonly Option<int> s_heads = Size("--heads", "Query heads.", 8);
    private static readonly Option<int> s_kvHeads = Size("--kv-heads", "Key and value heads.", 4);
    private static readonly Option<int> s_hidden = Size("--hidden", "Width of the feed-forward part.", 1376);
    private static readonly Option<int> s_sequences = Size("--sequences", "Texts that grow at once.", 16);
    private static readonly Option<int> s_tokens = Size("--tokens", "Tokens that each grows by.", 200);
    private static readonly Option<int> s_repeats = Size("--repeats", "Timed repetitions; the best counts.", s_usual.Repeats);
    private static readonly Option<int> s_threads = Size("--threads", "Processor threads.", s_usual.Threads);

    private static readonly Option<FileInfo?> s_gguf = Options.File(
        "--gguf", "Write the same weights to this file, and beside it, ending in .json, the prompts and the ids that came.");

    public static Command Create()
    {
        var command = new Command("decoding", "How fast several texts grow at once, by weights that another program can be given.")
        {
            s_dim, s_layers, s_heads, s_kvHeads, s_hidden, s_sequences, s_tokens, s_repeats, s_threads, s_gguf,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        var (sequences, tokens) = (arguments.GetValue(s_sequences), arguments.GetValue(s_tokens));
        using var study = new DecodingStudy(s_usual with
        {
            Dim = arguments.GetValue(s_dim),
            Layers = arguments.GetValue(s_layers),
            Heads = arguments.GetValue(s_heads),
            KvHeads = arguments.GetValue(s_kvHeads),
            Hidden = arguments.GetValue(s_hidden),
            Seq = tokens,
            Threads = arguments.GetValue(s_threads),
        });
        var prompts = study.Prompts(sequences);
        var best = Enumerable.Range(0, arguments.GetValue(s_repeats) + 1).Select(_ => study.Decode(prompts, tokens)).Skip(1).MinBy(
            run => run.Seconds);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{sequences * tokens / best.Seconds:N0} tokens/s ({sequences} texts of {tokens}, {best.Seconds:0.00} s)"));
        if (arguments.GetValue(s_gguf) is { } file)
        {
            study.WriteGguf(file.FullName);
            var asked = new { model = file.FullName, prompts, steps = tokens, threads = arguments.GetValue(s_threads), ids = best.Ids };
            File.WriteAllText(file.FullName + ".json", JsonSerializer.Serialize(asked));
        }

        return ExitCodes.Success;
    }

    private static Option<int> Size(string name, string description, int standard) =>
        Options.Number(name, standard, 1, 1 << 20, description);
}
