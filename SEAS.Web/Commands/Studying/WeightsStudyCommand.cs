using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using SEAS.Data.Contracts;
using SEAS.Training.Engine.Models;
using SEAS.Training.ModelFiles;
using SEAS.Training.Runs.Context;
using SEAS.Training.Text.Tokenizers.Learning;
using SEAS.Web.Live;
using static TorchSharp.torch;

namespace SEAS.Web.Commands;

/// <summary><c>study weights</c>: what opening a model folder takes, beside reading its weights and throwing them away.</summary>
internal static class WeightsStudyCommand
{
    private const int Large = 1 << 20;
    private const int Chunk = 1 << 20;

    private static readonly Argument<DirectoryInfo?> s_folder = new("folder")
    {
        Description = "A model folder. Without one, a folder of random weights is made, measured and removed.",
        HelpName = "DIR",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<int> s_width = Options.Number("--dim", 2048, 16, Large, "Width of the model that is made.");
    private static readonly Option<int> s_layers = Options.Number("--layers", 6, 1, 1024, "Its decoder blocks.");
    private static readonly Option<int> s_vocab = Options.Number("--vocab", 512, 300, Large, "Tokens in its vocabulary.");
    private static readonly Option<int> s_repeats = Options.Number("--repeats", 3, 1, 100, "How often; the best counts.");

    private static readonly Option<string> s_precision = Options.Text(
        "--precision", "NAME", "f32", "How its weights are saved: f32, f16, bf16.");

    public static Command Create()
    {
        s_precision.AcceptOnlyFromAmong("f32", "f16", "bf16");
        var command = new Command("weights", "What opening a model folder takes in time and memory, beside plainly reading its files.")
        {
            s_folder, s_width, s_layers, s_vocab, s_precision, s_repeats,
        };
        command.SetAction(arguments => WorkThread.RunAsync(() => Run(arguments)));
        return command;
    }

    private static void Run(ParseResult arguments)
    {
        if (arguments.GetValue(s_folder) is { } folder)
        {
            Measure(folder.FullName, arguments.GetValue(s_repeats));
            return;
        }

        var made = Directory.CreateTempSubdirectory("seas-weights-").FullName;
        try
        {
            Make(Path.Combine(made, "model"), arguments);
            Measure(Path.Combine(made, "model"), arguments.GetValue(s_repeats));
        }
        finally
        {
            Directory.Delete(made, recursive: true);
        }
    }

    private static void Make(string folder, ParseResult arguments)
    {
        const int HeadSize = 16;
        var width = arguments.GetValue(s_width) / HeadSize * HeadSize;
        var tokenizer = BpeTrainer.Train(["bees find home"], 300, ["<|bos|>", "<|user|>", "<|assistant|>", "<|end|>"]);
        var config = new LlamaConfig(
            width, arguments.GetValue(s_layers), width / HeadSize, width / HeadSize, width / HeadSize * 38, arguments.GetValue(s_vocab),
            256, 1e-5, 10_000, TiedEmbeddings: true);
        using var model = LlamaModel.Random(config, 1, ComputeDevice.Choose("cpu"));
        var precision = WeightPrecisions.Find(arguments.GetValue(s_precision)!)!.Value;
        ModelFolder.Save(folder, model, tokenizer, new CheckpointManifest("base", 0, null, null, 0), precision);
        File.Delete(Path.Combine(folder, "manifest.json"));   // a folder from elsewhere has no checksum
    }

    private static void Measure(string folder, int repeats)
    {
        var files = WeightFiles.Paths(folder).ToList();
        var mebibytes = files.Sum(file => new FileInfo(file).Length) / (double)(1 << 20);
        var (plain, kept, opening, memory) = (double.MaxValue, double.MaxValue, double.MaxValue, 0);
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            plain = Math.Min(plain, Seconds(() => files.ForEach(ReadPlainly)));
            kept = Math.Min(kept, Seconds(() => files.ForEach(ReadIntoNewMemory)));
            var before = ProcessMemory.CurrentMib();
            ModelFolder? model = null;
            opening = Math.Min(opening, Seconds(() => model = ModelFolder.Load(folder, ComputeDevice.Choose("cpu"))));
            memory = Math.Max(memory, ProcessMemory.CurrentMib() - before);
            model!.Dispose();
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{mebibytes:N0} MiB in {files.Count} files"));
        Tell("read and thrown away", plain);
        Tell("read into new memory by one thread", kept);
        Tell("opened as a model", opening);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"memory of the model: {memory:N0} MiB, {memory / mebibytes:0.00} times the files"));
    }

    private static void Tell(string what, double seconds) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {seconds:0.00} s"));

    private static void ReadPlainly(string path)
    {
        using var file = File.OpenHandle(path);
        var chunk = new byte[Chunk];
        for (long at = 0; RandomAccess.Read(file, chunk, at) is > 0 and var read; at += read)
        {
        }
    }

    private static void ReadIntoNewMemory(string path)
    {
        using var scope = NewDisposeScope();
        using var file = File.OpenHandle(path);
        var pieces = new TensorPieces(empty([RandomAccess.GetLength(file) / sizeof(float)], dtype: float32));
        long at = 0;
        for (var piece = 0; piece < pieces.Count; piece++)
        {
            for (var into = pieces[piece]; into.Length > 0 && RandomAccess.Read(file, into, at) is > 0 and var read; at += read)
            {
                into = into[read..];
            }
        }
    }

    private static double Seconds(Action work)
    {
        var started = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
