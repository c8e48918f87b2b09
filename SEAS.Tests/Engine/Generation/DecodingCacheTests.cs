using SEAS.Tests.Engine.Models;
using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Torch;
using TorchSharp;

namespace SEAS.Tests.Engine.Generation;

/// <summary>Both caches against the model without one: same prompts, same continuations, token by token.</summary>
public sealed class DecodingCacheTests
{
    // Three prompts with 2, 1 and 3 answers; answers stop at different lengths, so that rows leave.
    private static readonly int[][] s_prompts = [SmallModels.Tokens(5, 0), SmallModels.Tokens(18, 1), SmallModels.Tokens(33, 2)];
    private static readonly (SampleSlot Slot, int Length)[] s_answers =
        [(new(0, 0), 19), (new(0, 1), 3), (new(1, 0), 8), (new(2, 0), 1), (new(2, 1), 19), (new(2, 2), 17)];

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Every_next_token_score_is_that_of_the_whole_sequence(bool pages, bool tied)
    {
        var model = tied ? SmallModels.Tied : SmallModels.Untied;
        using var cache = pages
            ? new PagedCache(model.Config, new PagePool(model.Config))
            : (IDecodingCache)new TensorCache(model.Config, torch.CPU, [.. s_prompts.Select(prompt => prompt.Length)], 3, 19);
        using var inference = torch.no_grad();
        Prefill(model, cache);
        for (var step = 0; step < 19; step++)
        {
            var rows = s_answers.Where(answer => answer.Length > step).Select(answer => answer.Slot).ToArray();
            var found = Decode(model, cache, rows, step);
            for (var row = 0; row < rows.Length; row++)
            {
                int[] sequence = [.. s_prompts[rows[row].Request], .. Answer(rows[row])[..(step + 1)]];
                SmallModels.AssertClose(SmallModels.LogitsAlone(model, sequence)[^1], found[row], 1e-4);
            }

            foreach (var answer in s_answers.Where(answer => answer.Length == step + 1))
            {
                cache.Release(answer.Slot);
            }
        }
    }

    [Fact]
    public void Padded_decoding_assumes_no_processor()
    {
        using var scope = torch.NewDisposeScope();
        using var inference = torch.no_grad();
        using var model = LlamaModel.Random(SmallModels.Config, 0, torch.META);
        using var cache = new TensorCache(model.Config, torch.META, [4, 2], 3, 5);
        using var batch = PackedBatch.FromRows([SmallModels.Tokens(4, 0), SmallModels.Tokens(2, 1)], torch.META);
        var last = torch.tensor([3L, 5L], device: torch.META);

        var prompts = model.Hidden(batch.Ids, batch.Positions, batch.Length, cache.Prefill(batch, 0), last);
        var ids = torch.tensor([1L, 2L, 3L, 4L], device: torch.META);
        var tokens = model.Hidden(ids, ids, 9, cache.Decode([new(0, 0), new(0, 2), new(1, 0), new(1, 1)], 0), null);

        Assert.Equal([2, 24], prompts.shape);
        Assert.Equal([4, 24], tokens.shape);
        Assert.Equal(DeviceType.META, tokens.device_type);
    }

    private static void Prefill(LlamaModel model, IDecodingCache cache)
    {
        for (var first = 0; first < s_prompts.Length; first += 2)   // two passes: 0 and 1, then 2
        {
            using var scope = torch.NewDisposeScope();
            using var batch = PackedBatch.FromRows([.. s_prompts.Skip(first).Take(2)], torch.CPU);
            var found = SmallModels.Rows(
                model.Logits(model.Hidden(batch.Ids, batch.Positions, batch.Length, cache.Prefill(batch, first), null)));
            var expected = s_prompts.Skip(first).Take(2).SelectMany(prompt => SmallModels.LogitsAlone(model, prompt)).ToArray();
            for (var token = 0; token < expected.Length; token++)
            {
                SmallModels.AssertClose(expected[token], found[token], 1e-4);
            }
        }
    }

    private static float[][] Decode(LlamaModel model, IDecodingCache cache, SampleSlot[] rows, int step)
    {
        using var scope = torch.NewDisposeScope();
        var ids = rows.Select(slot => (long)Answer(slot)[step]).ToArray();
        var positions = rows.Select(slot => (long)s_prompts[slot.Request].Length + step).ToArray();
        var hidden = model.Hidden(torch.tensor(ids), torch.tensor(positions), (int)positions.Max() + 1, cache.Decode(rows, step), null);
        return SmallModels.Rows(model.Logits(hidden));
    }

    private static int[] Answer(SampleSlot slot) => SmallModels.Tokens(19, 100 + (10 * slot.Request) + slot.Sample);
}
