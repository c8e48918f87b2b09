using static TorchSharp.torch;

namespace SEAS.Training.Lab.Benchmarks;

/// <summary>The peer's <see cref="AttackJob"/>: prompts padded on the left, every sample a row of its own.</summary>
internal sealed class EagerAttackJob(BenchmarkSettings settings) : IBenchmarkJob
{
    private const double Temperature = 0.8, TopP = 0.9;
    private const float Unseen = -1e9f;   // not minus infinity: a padding token sees nothing at all, and its row must stay a number

    private readonly EagerLlama _model = new(settings.Model);

    /// <inheritdoc />
    public long RunOnce()
    {
        var done = 0L;
        foreach (var batch in BenchmarkTexts.Attack(settings).Chunk(Math.Max(1, settings.Batch / settings.Samples)))
        {
            int[][] prompts = [.. batch.SelectMany(request => Enumerable.Repeat(request.Prompt, settings.Samples))];
            Continue(_model, prompts, batch.Max(request => request.NewTokens), Sample).Dispose();
            done += batch.Sum(request => (long)request.NewTokens * settings.Samples);
        }

        return done;
    }

    /// <summary>Lets every prompt grow by the same number of tokens.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompts">A row each.</param>
    /// <param name="count">Tokens that each row grows by.</param>
    /// <param name="choose">Logits (B, V) to the next tokens (B, 1).</param>
    /// <returns>The new tokens, (B, count) int64.</returns>
    internal static Tensor Continue(EagerLlama model, IReadOnlyList<int[]> prompts, int count, Func<Tensor, Tensor> choose)
    {
        using var off = no_grad();
        using var scope = NewDisposeScope();
        var (rows, longest) = (prompts.Count, prompts.Max(prompt => prompt.Length));
        var ids = new long[rows, longest];
        for (var row = 0; row < rows; row++)
        {
            for (var at = 0; at < prompts[row].Length; at++)
            {
                ids[row, longest - prompts[row].Length + at] = prompts[row][at];
            }
        }

        var padding = tensor([.. prompts.Select(prompt => (long)(longest - prompt.Length))]).unsqueeze(1);            // (B, 1)
        var hide = zeros(rows, longest + count).masked_fill(arange(longest + count) < padding, Unseen).view(rows, 1, 1, -1);
        var causal = full([longest, longest], Unseen).triu(1);
        var mask = (hide.narrow(-1, 0, longest) + causal).clamp(min: Unseen);                                         // (B, 1, T, T)
        EagerCache[] caches = [.. Enumerable.Range(0, model.Config.Layers).Select(_ =>
            new EagerCache(model.Config, rows, longest + count))];

        var hidden = model.Hidden(tensor(ids), (arange(longest) - padding).clamp(min: 0), mask, caches);
        List<Tensor> chosen = [choose(model.Logits(hidden.select(1, -1)))];
        for (var length = longest; length < longest + count - 1; length++)
        {
            using var step = NewDisposeScope();
            hidden = model.Hidden(chosen[^1], length - padding, hide.narrow(-1, 0, length + 1), caches);              // (B, 1, D)
            chosen.Add(choose(model.Logits(hidden.select(1, 0))).MoveToOuterDisposeScope());
        }

        return cat(chosen, 1).MoveToOuterDisposeScope();
    }

    /// <summary>Draws from the most likely tokens that together have the probability <see cref="TopP"/>: (B, V) to (B, 1).</summary>
    internal static Tensor Sample(Tensor logits)
    {
        var (likely, tokens) = (logits / Temperature).softmax(-1).sort(-1, descending: true);
        likely = likely.masked_fill(likely.cumsum(-1) - likely > TopP, 0);
        return tokens.gather(-1, likely.multinomial(1));
    }

    /// <inheritdoc />
    public void Dispose() => _model.Dispose();
}
