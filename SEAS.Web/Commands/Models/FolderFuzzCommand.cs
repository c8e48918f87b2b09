using System.CommandLine;
using System.Globalization;
using SEAS.Training.Checkpoints;
using SEAS.Training.Models;
using SEAS.Training.Tokenization;
using static TorchSharp.torch;

namespace SEAS.Web.Commands;

/// <summary><c>fuzz folder</c>: damages model folders and opens them.</summary>
internal static class FolderFuzzCommand
{
    private static readonly Option<int> s_inputs = Options.Number("--inputs", 10_000, 1, int.MaxValue, "How many folders.");
    private static readonly Option<long> s_seed = Options.Number("--seed", 1, 0, long.MaxValue, "The same seed makes the same folders.");

    public static Command Create()
    {
        var command = new Command("folder", "Damage model folders and open them: no crash, no hang, no memory without end.")
        {
            s_inputs, s_seed,
        };
        command.SetAction((arguments, cancellation) => WorkThread.RunAsync(() => Run(arguments, cancellation)));
        return command;
    }

    /// <summary>A model of a few thousand numbers with all the files that a folder can have.</summary>
    public static void MakeOriginal(string folder)
    {
        var tokenizer = BpeTrainer.Train(["bees find home", "they remember 12"], 300, ["<|bos|>", "<|user|>", "<|assistant|>", "<|end|>"]);
        var config = new LlamaConfig(16, 1, 2, 1, 24, tokenizer.VocabularySize, 256, 1e-5, 10_000, TiedEmbeddings: true);
        using var small = new ModelFolder(LlamaModel.Random(config, 1, CPU), tokenizer, ChatFormat.For(tokenizer));
        ModelExport.ToFolder(small, folder, WeightPrecision.BFloat16, new CheckpointManifest("base", 0, null, null, 0));
        File.Delete(Path.Combine(folder, "manifest.json"));   // its checksum would catch every change of the weights
    }

    private static void Run(ParseResult arguments, CancellationToken cancellation)
    {
        var inputs = arguments.GetValue(s_inputs);
        var place = Directory.CreateTempSubdirectory("seas-fuzz-").FullName;
        var original = Path.Combine(place, "original");
        MakeOriginal(original);
        var result = new FolderFuzz(original, Path.Combine(place, "input"), arguments.GetValue(s_seed))
            .Run(inputs, new FuzzProgress(inputs), cancellation);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Inputs:N0} folders: {result.Taken:N0} read, {result.Refused:N0} refused, the slowest in ")
            + string.Create(CultureInfo.InvariantCulture, $"{result.Slowest.TotalMilliseconds:N0} ms"));
        Directory.Delete(place, recursive: true);
    }
}
