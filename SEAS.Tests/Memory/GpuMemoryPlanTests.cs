using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Models;
using SEAS.Training.Memory;
using SEAS.Training.ModelFiles;

namespace SEAS.Tests.Memory;

/// <summary>What three models of the paper's size take of a GPU, against figures worked out by hand.</summary>
public sealed class GpuMemoryPlanTests
{
    private const long Gib = 1L << 30;

    // Llama 3 8B: 128,256·4,096 twice, and 32 layers of 2·4,096² + 2·4,096·1,024 + 3·4,096·14,336 with two gains, and one gain more.
    private const long Parameters = (2L * 128_256 * 4096) + (32 * ((2L * 4096 * 4096) + (2 * 4096 * 1024) + (3L * 4096 * 14_336))) + (65 * 4096);
    private const long Gains = 65 * 4096;
    private const long Weights = (2 * (Parameters - Gains)) + (4 * Gains);

    private static readonly LlamaConfig s_model = KnownSizes.Llama3Of8;
    private static readonly LoraSettings s_lora = new() { Rank = 16, Alpha = 32 };

    [Fact]
    public void The_model_has_the_published_number_of_weights()
    {
        Assert.Equal(8_030_261_248, Parameters);
        Assert.Equal(Parameters, s_model.ParameterCount);
        Assert.Equal(Weights, ModelMemory.Weights(s_model, WeightPrecision.BFloat16));
    }

    [Fact]
    public void Adapters_of_rank_sixteen_learn_with_sixteen_bytes_a_number()
    {
        // A layer: q and o 8,192 each, k and v 5,120 each, gate, up and down 18,432 each: 81,920 numbers a rank.
        var need = Tuning(s_lora);

        Assert.Equal(16L * 16 * 32 * 81_920, need.Learning);
    }

    [Fact]
    public void All_weights_take_fourteen_bytes_each_while_they_learn()
    {
        var need = Tuning(null);

        Assert.Equal(14 * (Parameters - Gains) + (16 * Gains), need.Weights + need.Learning);
    }

    [Fact]
    public void Activations_of_one_pair_are_those_of_one_block_what_enters_the_others_and_the_answers_scores()
    {
        // 768 tokens. A token in a block: 8·4,096 + 4·14,336 + 4·4,096 + 5·1,024 numbers, and 3·4,096 + 4,096 + 14,336 more in bfloat16.
        long token = (4 * 111_616) + (2 * 30_720) + (4L * 32 * 4096);
        long head = 4L * 4 * 512 * 128_256;
        long stacked = 2L * (4096 + (2 * 1024)) * 4096;

        Assert.Equal((768 * token) + head + stacked, Tuning(s_lora).Activations);
    }

    [Fact]
    public void The_most_that_is_there_at_once_is_the_stage_that_needs_most_and_the_models_that_wait()
    {
        var plan = GpuMemoryPlan.OfThree(s_model, null, WeightPrecision.BFloat16, 256, 256, 141 * Gib);
        var tuning = Tuning(null).OnDevice;

        Assert.Equal(GpuMemoryPlan.Context + tuning, plan.Peak(GpuArrangement.OneAtATime));
        Assert.Equal(GpuMemoryPlan.Context + tuning + (2 * Weights), plan.Peak(GpuArrangement.Together));
    }

    [Fact]
    public void Models_that_share_a_base_hold_it_once()
    {
        var plan = GpuMemoryPlan.OfThree(s_model, s_lora, WeightPrecision.BFloat16, 256, 256, 24 * Gib);
        var alone = plan.Peak(GpuArrangement.OneAtATime);

        Assert.Equal(alone, (plan with { Bases = (0, 0, 0) }).Peak(GpuArrangement.Together));
        Assert.Equal(alone + Weights, (plan with { Bases = (0, 0, 2) }).Peak(GpuArrangement.Together));
        Assert.Equal(alone + (2 * Weights), plan.Peak(GpuArrangement.Together));
        Assert.Equal(GpuArrangement.Together, (plan with { Bases = (0, 0, 0) }).Fitting(24 * Gib));
    }

    [Theory]
    [InlineData(24, true, GpuArrangement.OneAtATime)]
    [InlineData(48, true, GpuArrangement.OneAtATime)]
    [InlineData(80, true, GpuArrangement.Together)]
    [InlineData(141, true, GpuArrangement.Together)]
    [InlineData(24, false, null)]
    [InlineData(48, false, null)]
    [InlineData(80, false, null)]
    [InlineData(141, false, GpuArrangement.OneAtATime)]
    public void What_fits_into_a_card(int card, bool adapters, GpuArrangement? expected) => Assert.Equal(
        expected,
        GpuMemoryPlan.OfThree(s_model, adapters ? s_lora : null, WeightPrecision.BFloat16, 256, 256, card * Gib).Fitting(card * Gib));

    [Fact]
    public void A_wave_takes_an_eighth_of_a_card_and_no_less_than_on_the_processor()
    {
        Assert.Equal(Gib, WaveLimits.Of(null).Bytes);
        Assert.Equal(Gib, WaveLimits.Of(6 * Gib).Bytes);
        Assert.Equal(10 * Gib, WaveLimits.Of(80 * Gib).Bytes);

        // A position of Llama 3 8B: keys and values of 32 layers, 8 heads of 128, 4 bytes each: 256 KiB.
        // 80 answers of 256 tokens and 17 prompts of 256 are 24,832 positions: 6.06 GiB.
        Assert.Equal(24_832L * 262_144, Writing(80).Cache);
        Assert.Equal(3 * Gib, Writing(24).Cache);

        static MemoryNeed Writing(int card) => ModelMemory.Attack(s_model, 256, 256, 5, WeightPrecision.BFloat16, card * Gib);
    }

    private static MemoryNeed Tuning(LoraSettings? lora) => ModelMemory.Tuning(
        s_model, 1, 768, 512, lora, checkpointing: true, WeightPrecision.BFloat16, gpu: true);
}
