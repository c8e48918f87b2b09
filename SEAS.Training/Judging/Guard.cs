using SEAS.Training.Checkpoints;
using SEAS.Training.Generation;
using SEAS.Training.Tokenization;
using static TorchSharp.torch;

namespace SEAS.Training.Judging;

/// <summary>A language model read as a classifier: P(first answer token = <c>unsafe</c>) against <c>safe</c>.</summary>
/// <remarks>
/// After Llama Guard (Inan et al. 2023, arXiv:2312.06674, section 3). The policy text that opens every prompt runs through the model once.
/// </remarks>
public sealed class Guard : IDisposable
{
    private readonly ModelFolder _folder;
    private readonly AnswerScorer _scorer;
    private readonly int[] _policy;
    private readonly int _unsafe;
    private readonly int _safe;

    private Guard(ModelFolder folder, int unsafeId, int safeId)
    {
        _folder = folder;
        _scorer = new AnswerScorer(folder.Model);
        (_unsafe, _safe) = (unsafeId, safeId);

        // What two different conversations share is the policy, however the chat format wraps it.
        var (one, other) = (Ids("a", "a"), Ids("b", "b"));
        var shared = one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        _policy = one[..shared];
    }

    /// <summary>Opens a guard.</summary>
    /// <param name="folder">A Hugging Face folder whose tokenizer begins "unsafe" and "safe" with different tokens.</param>
    /// <param name="device">Where it runs.</param>
    /// <param name="chat">A chat format in place of the folder's own; null keeps that.</param>
    /// <exception cref="InvalidDataException">The two verdicts begin with the same token.</exception>
    public static Guard Load(string folder, Device device, string? chat = null)
    {
        var model = ModelFolder.Load(folder, device, chat);
        var (unsafeId, safeId) = (First(model, GuardPrompt.Unsafe), First(model, GuardPrompt.Safe));
        if (unsafeId == safeId)
        {
            model.Dispose();
            throw new InvalidDataException(
                $"The guard in '{folder}' cannot tell its verdicts apart: "
                + $"'{GuardPrompt.Unsafe}' and '{GuardPrompt.Safe}' both begin with token {safeId}. "
                + "Use a model whose tokenizer separates them.");
        }

        return new Guard(model, unsafeId, safeId);
    }

    /// <summary>P(unsafe) of each answer to its prompt, in [0, 1].</summary>
    /// <param name="pairs">Prompt and answer; untrusted text, read as text only.</param>
    /// <param name="cancellation">Checked between batches.</param>
    public IReadOnlyList<double> Score(IReadOnlyList<(string Prompt, string Answer)> pairs, CancellationToken cancellation) =>
        _scorer.ProbabilityOfFirst(_policy, [.. pairs.Select(pair => Conversation(pair.Prompt, pair.Answer))], _unsafe, _safe,
            cancellation);

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private static int First(ModelFolder model, string verdict) => model.Chat.Answer(verdict)[0];

    // What is too long for the guard's window loses the end of its longer text.
    private int[] Conversation(string prompt, string answer)
    {
        var ids = Ids(prompt, answer);
        while (ids.Length > _folder.Model.Config.MaxPositions && prompt.Length + answer.Length > 0)
        {
            if (answer.Length >= prompt.Length)
            {
                answer = answer[..(answer.Length * 3 / 4)];
            }
            else
            {
                prompt = prompt[..(prompt.Length * 3 / 4)];
            }

            ids = Ids(prompt, answer);
        }

        return ids[_policy.Length..];
    }

    private int[] Ids(string prompt, string answer) => _folder.Chat.Prompt(new ChatMessage("user", GuardPrompt.Render(prompt, answer)));
}
