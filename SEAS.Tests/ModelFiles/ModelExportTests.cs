using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Tests.Engine.Models;
using SEAS.Tests.Support;
using SEAS.Tests.Text.Tokenizers;
using SEAS.Training.Engine.Models;
using SEAS.Training.ModelFiles;
using SEAS.Training.Text.Chat;
using SEAS.Training.Text.Templates;
using SEAS.Training.Text.Tokenizers.Learning;
using SEAS.Web.Live;
using TorchSharp;

namespace SEAS.Tests.ModelFiles;

public sealed class ModelExportTests
{
    private static readonly CheckpointManifest s_manifest = new("target", 1, "target-0", null, 5);

    private static readonly ChatMessage[] s_conversation =
        [new("system", "be kind"), new("user", "hello"), new("assistant", "good day"), new("user", "how are the bees?")];

    [Fact]
    public void A_folder_gives_the_same_scores_bit_for_bit()
    {
        using var folder = new TemporaryFolder();
        using var model = ModelFolder.Load(EmbeddedWeights.Base, torch.CPU);
        var path = Path.Combine(folder.Path, "out");

        ModelExport.ToFolder(model, path, WeightPrecision.Float32, s_manifest);

        using var again = ModelFolder.Load(path, torch.CPU);
        var prompt = model.Chat.Prompt(s_conversation);
        Assert.Equal(prompt, again.Chat.Prompt(s_conversation));
        Assert.Equal(model.Chat.Answer("fine"), again.Chat.Answer("fine"));
        Assert.Equal(SmallModels.LogitsAlone(model.Model, prompt), SmallModels.LogitsAlone(again.Model, prompt));
    }

    [Fact]
    public void A_folder_has_all_that_others_look_for()
    {
        using var folder = new TemporaryFolder();
        using var model = ModelFolder.Load(EmbeddedWeights.Base, torch.CPU);
        ModelExport.ToFolder(model, folder.Path, WeightPrecision.BFloat16, s_manifest);

        foreach (var name in (string[])["config.json", "generation_config.json", "model.safetensors", "tokenizer.json",
            "tokenizer_config.json", "chat_template.jinja", "manifest.json"])
        {
            Assert.True(File.Exists(Path.Combine(folder.Path, name)), name);
        }

        var generation = JsonElement.Parse(File.ReadAllText(Path.Combine(folder.Path, "generation_config.json")));
        Assert.Equal(1, generation.GetProperty("bos_token_id").GetInt32());
        Assert.Equal([4], generation.GetProperty("eos_token_id").EnumerateArray().Select(id => id.GetInt32()));
        var config = JsonElement.Parse(File.ReadAllText(Path.Combine(folder.Path, "config.json")));
        Assert.Equal("bfloat16", config.GetProperty("torch_dtype").GetString());
        var tokenizer = JsonElement.Parse(File.ReadAllText(Path.Combine(folder.Path, "tokenizer_config.json")));
        Assert.Contains("<|end|>", tokenizer.GetProperty("chat_template").GetString(), StringComparison.Ordinal);
        Assert.Equal("<|bos|>", tokenizer.GetProperty("bos_token").GetString());
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public void A_layout_without_a_template_gets_one_that_says_the_same(bool marks, bool system)
    {
        var tokenizer = !marks ? SmallVocabulary.WithoutMarks
            : system ? BpeTrainer.Train(["be kind"], 300, [.. SmallVocabulary.Marks, "<|system|>"])
            : SmallVocabulary.WithMarks;
        var chat = ChatFormat.For(tokenizer);

        var again = ChatFormat.For(tokenizer.WithTemplate(chat.Template));

        foreach (var conversation in (ChatMessage[][])[s_conversation, s_conversation[1..], s_conversation[..1], s_conversation[1..3]])
        {
            Assert.Equal(chat.Prompt(conversation), again.Prompt(conversation));
        }

        Assert.Equal(chat.Answer("fine"), again.Answer("fine"));
        Assert.Equal(chat.StopIds.Order(), again.StopIds.Order());
    }

    [Fact]
    public void Rows_of_queries_change_places_within_their_head_and_nothing_else_does()
    {
        using var scope = torch.NewDisposeScope();
        var model = LlamaModel.Random(SmallModels.Config, 3, torch.CPU);

        var tensors = GgufModel.Tensors(model, WeightPrecision.Float32).ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);

        // Heads are 6 wide: i and i + 3 become neighbours.
        Assert.Equal([0, 3, 1, 4, 2, 5, 6, 9], Enumerable.Range(0, 8).Select(tensors["blk.0.attn_q.weight"].SourceRow!));
        Assert.NotNull(tensors["blk.1.attn_k.weight"].SourceRow);
        Assert.Null(tensors["blk.0.attn_v.weight"].SourceRow);
        Assert.False(tensors.ContainsKey("output.weight"));   // tied
    }

    [Fact]
    public void A_file_begins_as_the_format_says_and_its_tensors_lie_at_multiples_of_32()
    {
        using var folder = new TemporaryFolder();
        using var model = ModelFolder.Load(EmbeddedWeights.Guard, torch.CPU);
        var path = Path.Combine(folder.Path, "guard.gguf");

        ModelExport.ToGguf(model, path, WeightPrecision.Quantized8, "guard");

        var bytes = File.ReadAllBytes(path);
        Assert.Equal("GGUF", Encoding.ASCII.GetString(bytes, 0, 4));
        Assert.Equal(3u, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4)));
        Assert.Equal((ulong)model.Model.Parameters.Count, BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(8)));
        Assert.Equal(0, bytes.Length % GgufFile.Alignment);
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_block_of_whole_numbers_is_its_scale_and_what_is_nearest()
    {
        var numbers = Enumerable.Range(0, 32).Select(i => (i - 16) * 0.25f).ToArray();
        var block = new byte[34];

        GgufTypes.Encode(GgufType.Quantized8, numbers, block);

        var scale = (float)BitConverter.UInt16BitsToHalf(MemoryMarshal.Read<ushort>(block));
        Assert.Equal(4f / 127, scale, 4);
        for (var i = 0; i < numbers.Length; i++)
        {
            Assert.Equal(numbers[i], (sbyte)block[2 + i] * scale, 0.51 * scale);
        }
    }

    [Fact]
    public void A_row_that_does_not_divide_into_blocks_stays_in_half_precision() => Assert.Equal(
        (GgufType.Quantized8, GgufType.Float16),
        (GgufTypes.For(WeightPrecision.Quantized8, 64), GgufTypes.For(WeightPrecision.Quantized8, 172)));

    [Theory]
    [InlineData(1.0f, 0x3F80)]
    [InlineData(1.00390625f, 0x3F80)]   // half way: to the even one
    [InlineData(1.01171875f, 0x3F82)]
    [InlineData(-1.0078125f, 0xBF81)]
    public void Bfloat16_is_the_nearest(float number, int expected)
    {
        var bytes = new byte[2];

        FloatEncoding.Encode(WeightPrecision.BFloat16, [number], bytes);

        Assert.Equal(expected, MemoryMarshal.Read<ushort>(bytes));
    }

    [Theory]
    [InlineData(WeightPrecision.Float16, 70000f)]
    [InlineData(WeightPrecision.Float16, float.NaN)]
    [InlineData(WeightPrecision.BFloat16, float.MaxValue)]
    [InlineData(WeightPrecision.BFloat16, float.PositiveInfinity)]
    public void A_number_that_does_not_fit_is_refused(WeightPrecision precision, float number) => Assert.Contains(
        "Save the model as float32",
        Assert.Throws<CheckpointException>(() => FloatEncoding.Encode(precision, [number], new byte[2])).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Rotary_positions_that_the_format_cannot_say_are_refused()
    {
        using var folder = new TemporaryFolder();
        var config = SmallModels.Config with
        {
            VocabularySize = SmallVocabulary.WithMarks.VocabularySize, Family = ModelFamily.Qwen2, InputBias = true,
            Scaling = new RotaryScaling(RotaryScalingKind.Llama3, 8),
        };
        using var model = new ModelFolder(
            LlamaModel.Random(config, 1, torch.CPU), SmallVocabulary.WithMarks, ChatFormat.For(SmallVocabulary.WithMarks));

        var error = Assert.Throws<CheckpointException>(
            () => ModelExport.ToGguf(model, Path.Combine(folder.Path, "a.gguf"), WeightPrecision.Float32, "a"));

        Assert.Contains("rotary", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }
}
