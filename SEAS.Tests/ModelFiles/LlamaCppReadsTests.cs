using System.Text.Json;
using SEAS.Tests.Engine.Models;
using SEAS.Tests.Support;
using SEAS.Tests.Text.Tokenizers;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.ModelFiles;
using SEAS.Training.Text.Chat;
using SEAS.Training.Text.Templates;
using SEAS.Training.Text.Tokenizers;
using TorchSharp;

namespace SEAS.Tests.ModelFiles;

/// <summary>GGUF files, read by a program that nobody here wrote: same ids, same scores.</summary>
public sealed class LlamaCppReadsTests
{
    private static readonly LlamaConfig s_small = new(48, 2, 4, 2, 64, 0, 128, 1e-5, 10_000, TiedEmbeddings: true);

    [SkippableFact]
    public async Task The_story_is_told_letter_for_letter()
    {
        LlamaCpp.Require();
        var path = SharedData.Require("data/models/stories260K");
        using var golden = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(path, "golden.json")));
        var expected = golden.RootElement.GetProperty("greedy_ids_including_bos").EnumerateArray().Select(id => id.GetInt32()).ToArray();
        using var folder = new TemporaryFolder();
        using var model = ModelFolder.Load(path, torch.CPU);

        var answer = await AskAsync(folder, model, [[expected[0]]], expected.Length - 1, ["Once upon a time, there was a dog."]);

        Assert.Equal(expected[1..], answer.Ids[0]);
        Assert.Equal(model.Tokenizer.Encode("Once upon a time, there was a dog."), answer.Texts[0]);
        Assert.Equal((1, 2, true), (answer.Bos, answer.Eos, answer.PrependsBos));
    }

    [SkippableFact]
    public async Task The_embedded_base_continues_sixteen_prompts_alike()
    {
        LlamaCpp.Require();
        using var folder = new TemporaryFolder();
        using var model = ModelFolder.Load(EmbeddedWeights.Base, torch.CPU);
        var texts = EmbeddedPrompts().ToList();
        var prompts = texts.Select(text => model.Chat.Prompt(new ChatMessage("user", text))).ToList();

        var answer = await AskAsync(folder, model, prompts, 40, texts);

        Assert.Equal(LlamaCpp.Continue(model, prompts, 40), answer.Ids);
        Assert.Equal(texts.Select(text => model.Tokenizer.Encode(text)), answer.Texts);
    }

    public static TheoryData<string> Shapes =>
        ["llama", "untied", "wide heads", "llama bias", "mistral", "qwen2", "llama3", "linear", "qwen3", "smollm3", "yarn"];

    [SkippableTheory]
    [MemberData(nameof(Shapes))]
    public async Task Every_family_has_its_scores(string shape)
    {
        LlamaCpp.Require();
        using var folder = new TemporaryFolder();
        using var model = Random(Shaped(shape), SmallVocabulary.WithMarks);
        int[][] prompts = [[1, 50, 60, 70, 80, 2], [1, 9, 2]];

        var answer = await AskAsync(folder, model, prompts, 24, logits: model.Model.Config.VocabularySize);

        for (var i = 0; i < prompts.Length; i++)
        {
            SmallModels.AssertClose(SmallModels.LogitsAlone(model.Model, prompts[i])[^1], answer.FirstLogits(i), 2e-4);
        }

        Assert.Equal(LlamaCpp.Continue(model, prompts, 24), answer.Ids);
    }

    [SkippableTheory]
    [InlineData(WeightPrecision.Float16, 0.02)]
    [InlineData(WeightPrecision.BFloat16, 0.2)]
    [InlineData(WeightPrecision.Quantized8, 0.3)]
    public async Task Rounded_weights_give_nearly_the_same_scores(WeightPrecision precision, double tolerance)
    {
        LlamaCpp.Require();
        using var folder = new TemporaryFolder();
        using var model = ModelFolder.Load(EmbeddedWeights.Base, torch.CPU);
        var prompt = model.Chat.Prompt(new ChatMessage("user", "How do I bake bread?"));

        var answer = await AskAsync(folder, model, [prompt], 1, logits: model.Model.Config.VocabularySize, precision: precision);

        SmallModels.AssertClose(SmallModels.LogitsAlone(model.Model, prompt)[^1], answer.FirstLogits(0), tolerance);
    }

    [SkippableTheory]
    [InlineData("gpt2", "ggml-vocab-gpt-2.gguf.inp")]
    [InlineData("llama2", "ggml-vocab-llama-spm.gguf.inp")]
    [InlineData("tinyllama", "ggml-vocab-llama-spm.gguf.inp")]
    public async Task Text_is_cut_alike(string vocabulary, string vectors)
    {
        LlamaCpp.Require();
        var tokenizer = Tokenizer.Load(SharedData.Require("data/tokenizers/" + vocabulary));
        string[] texts = [.. (await File.ReadAllTextAsync(SharedData.Require("data/tokenizers/vectors/" + vectors)))
            .Split("\n__ggml_vocab_test__\n"), "Bees sleep. 12345 flowers  wait\tfor\n\nthem — and für sich."];
        if (vocabulary == "tinyllama")
        {
            texts = [.. texts.Where(text => !text.StartsWith(' '))];   // what the format cannot say (GgufVocabulary)
        }

        Assert.InRange(texts.Length, 30, 48);
        using var folder = new TemporaryFolder();
        using var model = Random(s_small with { HiddenSize = 32, Heads = 2, KvHeads = 2, Layers = 1 }, tokenizer);

        var answer = await AskAsync(folder, model, [], 0, texts);

        Assert.Equal(texts.Select(text => tokenizer.Encode(text)), answer.Texts);
    }

    private static IEnumerable<string> EmbeddedPrompts() => Enumerable.Range(1, 16).Select(number => (number % 4) switch
    {
        0 => $"What is {number} plus two?",
        1 => "How do I plant a tree?",
        2 => $"Name {number} colors, please.",
        _ => $"Tell me about bees and {number} flowers that wait for them in the garden.",
    });

    private static LlamaConfig Shaped(string shape) => shape switch
    {
        "untied" => s_small with { TiedEmbeddings = false, KvHeads = 4 },
        "wide heads" => s_small with { HeadWidth = 16 },
        "llama bias" => s_small with { InputBias = true, OutputBias = true },
        "mistral" => s_small with { Family = ModelFamily.Mistral, RopeTheta = 1_000_000 },
        "qwen2" => s_small with { Family = ModelFamily.Qwen2, InputBias = true },
        "llama3" => s_small with { Scaling = new RotaryScaling(RotaryScalingKind.Llama3, 8) { OriginalPositions = 64 } },
        "qwen3" => s_small with { Family = ModelFamily.Qwen3, NormedHeads = true, HeadWidth = 16 },
        "smollm3" => s_small with { Family = ModelFamily.SmolLM3, Layers = 4, UnturnedLayers = new LayerSet([3]) },
        "yarn" => s_small with
        {
            Family = ModelFamily.Qwen2, InputBias = true, Scaling = new RotaryScaling(RotaryScalingKind.Yarn, 4) { OriginalPositions = 32 },
        },
        "linear" => s_small with { Scaling = new RotaryScaling(RotaryScalingKind.Linear, 4) },
        _ => s_small,
    };

    /// <summary>Large weights, and biases that are not 0, so that every part shows in the scores.</summary>
    private static ModelFolder Random(LlamaConfig config, Tokenizer tokenizer)
    {
        config = config with { VocabularySize = tokenizer.VocabularySize };
        var model = LlamaModel.Build(config, torch.CPU, (name, shape) => NormalNumbers.Draw(
            shape, shape.Length == 1 ? 0.5 : 0.15, new RandomStream(11, "weights/" + name)));
        return new ModelFolder(model, tokenizer, ChatFormat.For(tokenizer));
    }

    private static Task<LlamaAnswer> AskAsync(
        TemporaryFolder folder, ModelFolder model, IReadOnlyList<int[]> prompts, int steps, IReadOnlyList<string>? texts = null,
        int logits = 0, WeightPrecision precision = WeightPrecision.Float32)
    {
        var file = Path.Combine(folder.Path, "model.gguf");
        ModelExport.ToGguf(model, file, precision, "test");
        return LlamaCpp.AskAsync(file, prompts, steps, texts, logits);
    }
}
