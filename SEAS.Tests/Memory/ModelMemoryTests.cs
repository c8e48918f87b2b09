using SEAS.Training.Engine.Models;
using SEAS.Training.Memory;
using SEAS.Training.ModelFiles;
using SEAS.Training.Runs.Plan;
using SEAS.Web.Live;

namespace SEAS.Tests.Memory;

public sealed class ModelMemoryTests
{
    private const long Gib = 1L << 30;

    // 2 layers, 1 head of 4, feed-forward 8, 10 tokens, tied: 40 + 2·(4·16 + 3·32 + 2·4) + 4 = 380 numbers.
    private static readonly LlamaConfig s_tiny = new(4, 2, 1, 1, 8, 10, 64, 1e-5, 10_000, TiedEmbeddings: true);

    [Fact]
    public void Weights_gradients_and_the_optimizers_two_means_are_counted_exactly()
    {
        var need = ModelMemory.Tuning(s_tiny, rows: 1, tokens: 8, answerTokens: 4, lora: null, checkpointing: false);

        Assert.Equal((380 * 4L, 380 * 12L), (need.Weights, need.Learning));
        Assert.Equal(MemoryNeed.Program + need.Weights + need.Learning + need.Activations, need.Total);
    }

    [Fact]
    public void In_bfloat16_a_matrix_takes_half_and_learns_with_what_its_rounding_leaves_out()
    {
        // 20 of the 380 numbers are gains: two of 4 in each layer and the last one.
        var need = ModelMemory.Tuning(s_tiny, 1, 8, 4, null, checkpointing: false, WeightPrecision.BFloat16);

        Assert.Equal(((360 * 2L) + (20 * 4L), 380 * 12L), (need.Weights, need.Learning));
    }

    [Fact]
    public void Adapters_learn_only_themselves_and_are_counted_with_their_own_weights()
    {
        // A (2, 4) and B (4, 2) on each of the four attention projections: 16 each; 24 on each of the three feed-forward ones.
        var need = ModelMemory.Tuning(s_tiny, 1, 8, 4, new LoraSettings { Rank = 2 }, checkpointing: false);

        Assert.Equal((380 * 4L, 16L * 2 * ((4 * 16) + (3 * 24))), (need.Weights, need.Learning));
    }

    [Fact]
    public void Keys_and_values_grow_with_every_position()
    {
        // A position is 2 · 2 layers · 4 numbers · 4 bytes = 64 bytes; 80 answers of 10 tokens, and 21 prompts of 5 shared by 4 each.
        var need = ModelMemory.Attack(s_tiny, promptTokens: 5, answerTokens: 10, answersPerPrompt: 4);

        Assert.Equal(((80 * 10) + (21 * 5)) * 64L, need.Cache);
    }

    [Fact]
    public void Checkpointing_keeps_one_block_and_what_enters_the_others()
    {
        var deep = s_tiny with { Layers = 40 };
        var kept = ModelMemory.Tuning(deep, 4, 32, 8, null, checkpointing: false);
        var again = ModelMemory.Tuning(deep, 4, 32, 8, null, checkpointing: true);

        Assert.True(again.Activations < kept.Activations / 8, $"{again.Activations} of {kept.Activations}");
        Assert.Equal(kept.Total - kept.Activations, again.Total - again.Activations);
    }

    [Theory]
    [InlineData("embedded", "tuning")]
    [InlineData("smoke", "tuning")]
    public void A_preset_says_what_it_will_need(string preset, string work)
    {
        var needs = RunMemory.Of(Presets.Plan(preset, seed: 1));

        Assert.Equal(5, needs.Count);
        Assert.Contains(work, needs[0].Work, StringComparison.Ordinal);
        Assert.InRange(needs[0].Total, Gib / 4, 2 * Gib);
    }

    [Fact]
    public void What_does_not_fit_is_said_with_what_needs_less()
    {
        MemoryNeed[] needs = [new("tuning T", 12 * Gib, 0, 0, 0)];

        Assert.Equal(
            "needs about 12.2 GiB of memory (tuning T); 8.0 GiB here: more than there is. "
            + "Gradient checkpointing, adapters (--lora) or smaller batches need less",
            MemoryText.Of(needs, 8 * Gib));
        Assert.Equal("needs about 12.2 GiB of memory (tuning T); 16.0 GiB here", MemoryText.Of(needs, 16 * Gib));
        Assert.Equal("no model is held in memory here", MemoryText.Of([], Gib));
        Assert.Equal("About 12.2 GiB of memory.", MemoryText.InShort(needs, 16 * Gib));
        Assert.StartsWith("It needs about 12.2 GiB of memory (tuning T); 8.0 GiB here: more", MemoryText.InShort(needs, 8 * Gib),
            StringComparison.Ordinal);
    }
}
