using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Training.Engine.Models;
using SEAS.Training.Hosting;
using SEAS.Training.ModelFiles;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Feed;
using SEAS.Training.Runs.Plan;
using SEAS.Training.Runs.Stages;
using SEAS.Training.Text.Tokenizers;
using SEAS.Training.Text.Tokenizers.Learning;
using SEAS.Training.World;
using TorchSharp;

namespace SEAS.Tests.Runs;

/// <summary>Untrained models of a few thousand weights: the loop's machinery in seconds, whatever its figures mean.</summary>
internal sealed class TinyWorld : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("seas-tiny-").FullName;

    public TinyWorld()
    {
        var world = new EmbeddedWorld(1);
        var texts = world.AttackPrompts(DatasetSplit.Train, 300, "tiny").Select(prompt => prompt.Text)
            .Concat(world.GeneralRows(300, "tiny").Select(row => row.Answer)).Append("safe unsafe").Append("safe").Append("unsafe");
        var tokenizer = BpeTrainer.Train(texts, 400, ["<|bos|>", "<|user|>", "<|assistant|>", "<|end|>"]);
        var config = new LlamaConfig(
            HiddenSize: 32, Layers: 2, Heads: 4, KvHeads: 2, IntermediateSize: 64, VocabularySize: tokenizer.VocabularySize,
                MaxPositions: 512,
            RmsNormEps: 1e-5, RopeTheta: 10000, TiedEmbeddings: true);
        Save("model", 1, config, tokenizer);
        Save("guard", 2, config, tokenizer);
    }

    public RunPlan Plan(long seed = 1)
    {
        var smoke = Presets.Plan("smoke", seed);
        return smoke with
        {
            Rounds = 2,
            RedModel = Path.Combine(_root, "model"),
            TargetModel = Path.Combine(_root, "model"),
            GuardModel = Path.Combine(_root, "guard"),
            RedInitialization = smoke.RedInitialization with { Examples = 24 },
            TargetInitialization = smoke.TargetInitialization with { Examples = 24 },
            Attack = smoke.Attack with { Seeds = 6, PromptsPerSeed = 3, AnswersPerPrompt = 3, SeedsPerUnit = 2, PromptTokens = 16,
                AnswerTokens = 16 },
            Evaluation = smoke.Evaluation with { StaticPrompts = 12, MatrixAttacks = 8, Ambiguous = 6, Tasks = 6 },
        };
    }

    public Store Open(string name) => Store.Open(Path.Combine(_root, name), TimeProvider.System);

    /// <summary>A store to itself, a run in it, and whatever a test does with them.</summary>
    public T With<T>(string name, Func<Store, RunFeed, RunExecutor, T> use)
    {
        using var store = Open(name);
        using var feed = new RunFeed(store, TimeProvider.System);
        return use(store, feed, new RunExecutor(store, feed));
    }

    /// <summary>The report without what may differ between two runs of one seed.</summary>
    public static string Figures(Store store, RunId run) => string.Join('\n', RunReport.Write(store, run).Split('\n')
        .Where(line => !line.Contains("\"seconds\"", StringComparison.Ordinal) && !line.Contains("\"peak_rss_mib\"",
            StringComparison.Ordinal)));

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void Save(string name, ulong seed, LlamaConfig config, Tokenizer tokenizer)
    {
        using var model = LlamaModel.Random(config, seed, torch.CPU);
        ModelFolder.Save(Path.Combine(_root, name), model, tokenizer, new CheckpointManifest("base", 0, null, null, 0));
    }
}
