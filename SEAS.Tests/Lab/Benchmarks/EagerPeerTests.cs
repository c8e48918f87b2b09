using SEAS.Data.Contracts;
using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Engine.Recipes;
using SEAS.Training.Lab.Benchmarks;
using static TorchSharp.torch;

namespace SEAS.Tests.Lab.Benchmarks;

/// <summary>The plain TorchSharp program does the same work as SEAS: the same weights and texts give the same numbers.</summary>
public sealed class EagerPeerTests : IDisposable
{
    private static readonly BenchmarkSettings s_settings = new("sft")
    {
        Dim = 32, Layers = 2, Heads = 4, KvHeads = 2, Hidden = 48, Vocab = 96, Seq = 24, Prefix = 16, Examples = 6, Batch = 6,
    };

    private readonly LlamaModel _seas = LlamaModel.Random(s_settings.Model, 3, CPU);
    private readonly EagerLlama _eager = new(s_settings.Model);

    public EagerPeerTests() => Copy(_seas, _eager);

    public void Dispose()
    {
        _seas.Dispose();
        _eager.Dispose();
    }

    [Fact]
    public void It_has_the_same_parameters() =>
        Assert.Equal(
            _seas.Parameters.Select(parameter => (parameter.Name, parameter.Value.numel())).Order(),
            _eager.named_parameters().Select(parameter => ("model." + parameter.name, parameter.parameter.numel())).Order());

    [Fact]
    public void Its_first_losses_in_fine_tuning_are_those_of_seas()
    {
        var settings = s_settings with { Batch = 2 };
        var rows = BenchmarkTexts.Sft(settings);
        List<double> expected = [];
        SftRecipe.Run(
            _seas, rows, SftJob.Optimizer, BatchPlan.InOrder(rows.Count, settings.Batch),
            report => expected.Add(report.Metrics[MetricNames.Loss]), CancellationToken.None);
        using var optimizer = EagerTraining.Optimizer(_eager);

        foreach (var (batch, loss) in rows.Chunk(settings.Batch).Zip(expected))
        {
            using var scope = NewDisposeScope();
            Assert.Equal(loss, EagerTraining.Step(_eager, optimizer, EagerSftJob.Loss(_eager, batch)), 1e-4);
        }

        Assert.Equal(3, expected.Count);
        Assert.True(Math.Abs(expected[0] - expected[1]) > 1e-3);   // the batches differ, so agreement says something
    }

    [Fact]
    public void Its_losses_in_preference_training_are_those_of_seas()
    {
        using var scope = NewDisposeScope();
        using var reference = LlamaModel.Random(s_settings.Model, 4, CPU);
        using var eagerReference = new EagerLlama(s_settings.Model);
        Copy(reference, eagerReference);
        var pairs = BenchmarkTexts.Dpo(s_settings with { Job = "dpo" });
        var expected = 0.0;
        DpoRecipe.Run(
            _seas, reference, pairs, [], DpoJob.Optimizer, BatchPlan.InOrder(pairs.Count, pairs.Count),
            report => expected = report.Metrics[MetricNames.Loss], CancellationToken.None);

        var loss = EagerDpoJob.Loss(_eager, eagerReference, pairs).item<float>();
        var undecided = EagerDpoJob.Loss(_eager, _eager, pairs).item<float>();

        Assert.Equal(expected, loss, 1e-4);
        Assert.Equal(Math.Log(2), undecided, 1e-5);
        Assert.True(Math.Abs(loss - undecided) > 1e-3);
    }

    [Fact]
    public void Its_verdicts_are_those_of_seas()
    {
        var (prefix, texts) = BenchmarkTexts.Judge(s_settings with { Job = "judge" });
        var expected = new AnswerScorer(_seas).ProbabilityOfFirst(prefix, texts, tokenA: 1, tokenB: 0, CancellationToken.None);

        var found = EagerJudgeJob.Probabilities(_eager, prefix, texts);

        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        Assert.True(expected.Max() - expected.Min() > 1e-3);
    }

    [Fact]
    public void Its_padded_prompts_grow_by_the_same_tokens_when_the_likeliest_is_taken()
    {
        const int Count = 8;
        var prompts = BenchmarkTexts.Attack(s_settings with { Job = "attack" }).Select(text => text.Prompt).ToList();
        var greedy = new SamplingSettings(Temperature: 0, TopP: 1, TopK: 0, MaxNewTokens: Count);
        var expected = new SEAS.Training.Engine.Generation.Generator(_seas).Generate(
            [.. prompts.Select(prompt => new GenerationRequest(prompt, [new RandomStream(0, "unused")]))],
            greedy, new HashSet<int>(), CancellationToken.None);

        using var found = EagerAttackJob.Continue(_eager, prompts, Count, logits => logits.argmax(-1, keepdim: true));

        Assert.True(prompts.Select(prompt => prompt.Length).Distinct().Count() > 2);
        Assert.Equal(expected.SelectMany(answers => answers[0].Ids), found.data<long>().ToArray().Select(id => (int)id));
    }

    [Fact]
    public void Its_sampler_draws_only_the_likeliest_tokens_that_make_up_nine_tenths()
    {
        // At temperature 0.8 these become 0.60, 0.35 and 0.05: the first two make up 0.95, so the third is never drawn.
        using var scope = NewDisposeScope();
        var logits = (tensor([0.05f, 0.60f, 0.35f]).log() * 0.8f).expand(4000, 3);

        var drawn = EagerAttackJob.Sample(logits).flatten().data<long>().ToArray();

        Assert.DoesNotContain(0L, drawn);
        Assert.InRange(drawn.Count(token => token == 1) / 4000.0, 0.60, 0.66);   // 0.60 / 0.95 = 0.632, give or take 3.6 deviations
    }

    [Theory]
    [InlineData("sft")]
    [InlineData("dpo")]
    [InlineData("attack")]
    [InlineData("judge")]
    public void It_counts_the_same_tokens_and_leaves_no_tensor_behind(string job)
    {
        var settings = s_settings with { Job = job, Repeats = 1, Threads = 1 };
        var before = TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        var eager = BenchmarkJobs.Run(settings, eager: true);

        Assert.Equal(before, TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        var seas = BenchmarkJobs.Run(settings);
        Assert.Equal((seas.Job, seas.Tokens, seas.Parameters, "torchsharp-eager"), (eager.Job, eager.Tokens, eager.Parameters, eager.Peer));
    }

    private static void Copy(LlamaModel from, EagerLlama to)
    {
        using var off = no_grad();
        var named = from.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value, StringComparer.Ordinal);
        foreach (var (name, parameter) in to.named_parameters())
        {
            parameter.copy_(named["model." + name]);
        }
    }
}
