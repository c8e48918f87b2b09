using static TorchSharp.torch;

namespace SEAS.Training.Lab.Benchmarks;

/// <summary>What both trainings share: padded rows to log-probabilities of answers, and a loss to new weights.</summary>
internal static class EagerTraining
{
    private const long Ignored = -100;   // cross entropy's own mark for tokens that do not count

    /// <summary>The optimizer that every program of these jobs uses.</summary>
    public static optim.Optimizer Optimizer(EagerLlama model) => optim.AdamW(model.parameters(), lr: 1e-4, weight_decay: 0.01);

    /// <summary>Log-probability of each whole answer after its prompt, in nats: (B).</summary>
    /// <remarks>Padding stands on the right, where no real token sees it.</remarks>
    public static Tensor AnswerLogProbs(EagerLlama model, IReadOnlyList<(int[] Prompt, int[] Answer)> rows)
    {
        using var scope = NewDisposeScope();
        var longest = rows.Max(row => row.Prompt.Length + row.Answer.Length) - 1;
        var inputs = new long[rows.Count, longest];
        var targets = new long[rows.Count, longest];
        for (var row = 0; row < rows.Count; row++)
        {
            var (prompt, answer) = rows[row];
            int[] text = [.. prompt, .. answer];
            for (var at = 0; at < longest; at++)
            {
                inputs[row, at] = at < text.Length ? text[at] : 0;
                targets[row, at] = at + 1 >= prompt.Length && at + 1 < text.Length ? text[at + 1] : Ignored;
            }
        }

        var logits = model.Logits(model.Hidden(tensor(inputs)));                                    // (B, T, V)
        var losses = nn.functional.cross_entropy(
            logits.flatten(0, 1), tensor(targets).flatten(), ignore_index: Ignored, reduction: nn.Reduction.None);
        return (-losses.view(rows.Count, longest).sum(1)).MoveToOuterDisposeScope();
    }

    /// <summary>Backward pass, clipping, one step of the optimizer.</summary>
    /// <returns>The loss.</returns>
    public static float Step(EagerLlama model, optim.Optimizer optimizer, Tensor loss)
    {
        loss.backward();
        nn.utils.clip_grad_norm_(model.parameters(), 1.0);
        optimizer.step();
        model.zero_grad();
        return loss.item<float>();
    }
}
