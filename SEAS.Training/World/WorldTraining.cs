using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Inputs;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Engine.Recipes;
using SEAS.Training.Guards;
using SEAS.Training.ModelFiles;
using SEAS.Training.Text.Chat;
using SEAS.Training.Text.Templates;
using SEAS.Training.Text.Tokenizers;
using SEAS.Training.Text.Tokenizers.Learning;
using TorchSharp;

namespace SEAS.Training.World;

/// <summary>Makes the world's tokenizer, base model and guard from nothing but its generator; the shipped weights came from here.</summary>
/// <remarks>
/// The base learns by the answer-only loss, a quarter of its rows being plain lines with the next-token loss. The guard learns the same
/// language more briefly, then labelled conversations; it is a quarter of the base's size, and its mistakes come from that, not from wrong
/// labels.
/// </remarks>
public static class WorldTraining
{
    private const ulong Seed = 7;
    private const int VocabularySize = 1792;

    private static readonly string[] SpecialTokens = ["<|pad|>", "<|bos|>", "<|user|>", "<|assistant|>", "<|end|>"];

    private static readonly LlamaConfig Large = new(
        HiddenSize: 192, Layers: 5, Heads: 6, KvHeads: 2, IntermediateSize: 512, VocabularySize, MaxPositions: 512, RmsNormEps: 1e-5,
        RopeTheta: 10_000, TiedEmbeddings: true);

    private static readonly LlamaConfig Small = Large with { HiddenSize = 96, Layers = 3, Heads = 4, IntermediateSize = 256 };

    /// <summary>How much is learned, in examples; the defaults made the shipped weights. 0 leaves a model out.</summary>
    /// <param name="Base">Rows and lines for the base.</param>
    /// <param name="GuardLanguage">Rows and lines from which the guard learns to read.</param>
    /// <param name="Guard">Labelled conversations for the guard.</param>
    public sealed record Amount(int Base = 200_000, int GuardLanguage = 60_000, int Guard = 6_000);

    /// <summary>Trains and writes <c>base</c> and <c>guard</c> into a folder, in half precision.</summary>
    /// <remarks>
    /// On one thread, however many the process has: libtorch's products add up in another order on two, and the files would differ in their
    /// last bits between machines with different numbers of processors.
    /// </remarks>
    public static void Run(string folder, Amount amount, torch.Device device, Action<string, StepReport> report, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(amount);
        ArgumentNullException.ThrowIfNull(report);
        var threads = torch.get_num_threads();
        torch.set_num_threads(1);
        try
        {
            Train(folder, amount, device, report, ct);
        }
        finally
        {
            torch.set_num_threads(threads);
        }
    }

    private static void Train(string folder, Amount amount, torch.Device device, Action<string, StepReport> report, CancellationToken ct)
    {
        var tokenizer = BpeTrainer.Train(TokenizerTexts(), VocabularySize, SpecialTokens);
        if (amount.Base > 0)
        {
            using var model = LlamaModel.Random(Fit(Large, tokenizer), Seed, device);
            SftRecipe.Run(
                model, LanguageExamples(tokenizer, amount.Base), LanguageSettings(2e-3), Order("base"), step => report("base", step), ct);
            Save(folder, "base", model, tokenizer);
        }

        if (amount.Guard > 0)
        {
            using var model = LlamaModel.Random(Fit(Small, tokenizer), Seed, device);
            SftRecipe.Run(
                model, LanguageExamples(tokenizer, amount.GuardLanguage), LanguageSettings(4e-3), Order("guard language"),
                step => report("guard language", step), ct);
            SftRecipe.Run(
                model, GuardExamples(tokenizer, amount.Guard), GuardSettings, Order("guard"), step => report("guard", step), ct);
            Save(folder, "guard", model, tokenizer);
        }
    }

    private static TrainingSettings LanguageSettings(double learningRate) => new()
    {
        LearningRate = learningRate, BatchSize = 64, Epochs = 1, WarmupSteps = 100, FinalLearningRateShare = 0.05, WeightDecay = 0.01,
        AdamBeta2 = 0.99,
    };

    private static TrainingSettings GuardSettings => new()
    {
        LearningRate = 6e-4, BatchSize = 16, Epochs = 1, WarmupSteps = 20, FinalLearningRateShare = 0.1, AdamBeta2 = 0.99,
    };

    private static LlamaConfig Fit(LlamaConfig shape, Tokenizer tokenizer) => shape with { VocabularySize = tokenizer.VocabularySize };

    private static void Save(string folder, string role, LlamaModel model, Tokenizer tokenizer) => ModelFolder.Save(
        Path.Combine(folder, role), model, tokenizer, new CheckpointManifest(role, 0, null, null, 0), WeightPrecision.Float16,
        beside: null, isSummed: true);

    /// <summary>Lines, answers, few-shot rows: 4, 10 and 2 of every 16.</summary>
    private static SftExample[] LanguageExamples(Tokenizer tokenizer, int count)
    {
        var chat = ChatFormat.For(tokenizer);
        var red = new EmbeddedWorld(Seed).RedExamples(Math.Max(1, count / 8));
        return [.. Enumerable.Range(0, count).Select(index => (index % 16) switch
        {
            < 4 => new SftExample([], chat.Answer(BaseCorpus.Line(new RandomStream(Seed, "base/line", index)))),
            < 14 => Example(chat, BaseCorpus.Row(new RandomStream(Seed, "base/row", index))),
            _ => Example(chat, new InstructionRow(RedPrompt.Render(red[index % red.Count].Shots), red[index % red.Count].Next)),
        })];
    }

    private static SftExample[] GuardExamples(Tokenizer tokenizer, int count)
    {
        var chat = ChatFormat.For(tokenizer);
        return [.. new EmbeddedWorld(Seed).GuardRows(DatasetSplit.Train, count).Select(row => Example(
            chat, new InstructionRow(GuardPrompt.Render(row.Prompt, row.Answer), row.Unsafe ? GuardPrompt.Unsafe : GuardPrompt.Safe)))];
    }

    private static SftExample Example(ChatFormat chat, InstructionRow row) =>
        new(chat.Prompt(new ChatMessage("user", row.Prompt)), chat.Answer(row.Answer));

    /// <summary>Enough of every kind of text, and every word some thirty times, so that nearly each becomes one token.</summary>
    private static IEnumerable<string> TokenizerTexts() =>
    [
        .. Enumerable.Range(0, 6000).Select(index => BaseCorpus.Line(new RandomStream(Seed, "tokenizer/line", index))),
        .. Enumerable.Range(0, 6000).Select(index => BaseCorpus.Row(new RandomStream(Seed, "tokenizer/row", index)))
            .SelectMany(row => new[] { row.Prompt, row.Answer }),
        .. new EmbeddedWorld(Seed).GuardRows(DatasetSplit.Train, 2000)
            .SelectMany(row => new[] { GuardPrompt.Render(row.Prompt, row.Answer), GuardPrompt.Unsafe, GuardPrompt.Safe }),
        .. new EmbeddedWorld(Seed).RedExamples(500).Select(row => RedPrompt.Render(row.Shots)),
        .. Lexicon.Ordered.SelectMany(word => Enumerable.Repeat(" " + word, 30)),
    ];

    private static RandomStream Order(string stage) => new(Seed, stage + "/order");
}
