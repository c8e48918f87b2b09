using SEAS.Data.Contracts;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Objectives;
using SEAS.Training.Engine.Torch;
using static TorchSharp.torch;

namespace SEAS.Tests.Golden;

/// <summary>Low-rank adapters on every projection: logits and the gradients of A and B, to 1e-5 of what PyTorch computes.</summary>
public sealed class AdaptersAgreeWithPyTorch
{
    private static readonly LoraSettings s_lora = new() { Rank = 3, Alpha = 6 };

    [Fact]
    public void Logits_and_the_gradients_of_the_adapters_alone()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModel.Build(GoldenModel.Config(tied: false), seed: 300);
        using var adapters = Attach(model);
        using var batch = PackedBatch.FromRows(Rows(), CPU);

        GoldenFile.AssertClose("lora/logits", Logits(model, batch));

        var scores = AnswerScores.Of(model, batch);
        var loss = NextTokenLoss.Forward(scores.LogProbs, ones_like(scores.LogProbs), Rows().Sum(row => row.Length - 1));
        GoldenFile.AssertClose("lora/loss", [loss.item<float>()]);
        var gradients = autograd.grad([loss], [.. adapters.Parameters.Select(parameter => (Tensor)parameter.Value)]);
        Assert.Equal(28, gradients.Count);
        foreach (var ((name, _), gradient) in adapters.Parameters.Zip(gradients))
        {
            GoldenFile.AssertClose($"lora/gradient/{name}", gradient.data<float>().ToArray());
        }

        Assert.All(model.Parameters, parameter => Assert.False(parameter.Value.requires_grad));
    }

    [Fact]
    public void Taken_off_they_leave_what_was_and_merged_what_they_made()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModel.Build(GoldenModel.Config(tied: false), seed: 300);
        using var batch = PackedBatch.FromRows(Rows(), CPU);
        var before = Logits(model, batch);

        using var adapters = Attach(model);
        using (adapters.Suspend())
        {
            Assert.Equal(before, Logits(model, batch));
        }

        Assert.NotEqual(before, Logits(model, batch));
        adapters.Merge();

        GoldenFile.AssertClose("lora/logits", Logits(model, batch));
        Assert.All(model.Parameters, parameter => Assert.True(parameter.Value.requires_grad));
    }

    [Fact]
    public void A_model_has_one_set_of_adapters_at_a_time()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModel.Build(GoldenModel.Config(tied: false), seed: 300);
        using var adapters = Attach(model);

        Assert.Throws<InvalidOperationException>(() => Attach(model));
    }

    private static LoraAdapters Attach(LlamaModel model)
    {
        var names = model.Projections.Select(projection => projection.Name)
            .SelectMany(name => new[] { name + ".lora_A.weight", name + ".lora_B.weight" }).Order(StringComparer.Ordinal).ToList();
        return LoraAdapters.Attach(model, s_lora, (projection, rank) => (
            Numbers(projection.Name + ".lora_A.weight", rank, projection.Weight.shape[1]),
            Numbers(projection.Name + ".lora_B.weight", projection.Weight.shape[0], rank)));

        Tensor Numbers(string name, long rows, long columns)
        {
            var numbers = new GoldenNumbers(500 + names.IndexOf(name));
            return tensor(
                [.. Enumerable.Range(0, (int)(rows * columns)).Select(_ => (float)((0.6 * numbers.Next()) - 0.3))], [rows, columns]);
        }
    }

    private static float[] Logits(LlamaModel model, PackedBatch batch) =>
        model.Logits(model.Hidden(batch)).detach().data<float>().ToArray();

    private static List<int[]> Rows() =>
        [.. GoldenModel.Examples().Rows.Take(2).Select(row => (int[])[.. row.Prompt, .. row.Answer])];
}
