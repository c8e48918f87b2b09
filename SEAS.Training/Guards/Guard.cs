using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.ModelFiles;
using SEAS.Training.Text.Templates;
using static TorchSharp.torch;

namespace SEAS.Training.Guards;

/// <summary>A language model read as a classifier: P(first answer token = <c>unsafe</c>) against <c>safe</c>.</summary>
/// <remarks>
/// After Llama Guard (Inan et al. 2023, arXiv:2312.06674, section 3). The policy text that opens every prompt runs through the model once.
/// </remarks>
public sealed class Guard : IGuard
{
    private const int CategoryTokens = 24;

    private readonly ModelFolder _folder;
    private readonly GuardFormat _format;
    private readonly AnswerScorer _scorer;
    private readonly int[] _policy;
    private readonly int _unsafe;
    private readonly int _safe;

    private Guard(ModelFolder folder, GuardFormat format, int unsafeId, int safeId)
    {
        (_folder, _format) = (folder, format);
        _scorer = new AnswerScorer(folder.Model);
        (_unsafe, _safe) = (unsafeId, safeId);

        // What two different conversations share is the policy, however the chat format wraps it.
        var (one, other) = (Ids("a", "a"), Ids("b", "b"));
        var shared = one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        _policy = one[..shared];
    }

    /// <summary>Its weights.</summary>
    public LlamaModel Model => _folder.Model;

    /// <summary>Opens a guard.</summary>
    /// <param name="folder">A Hugging Face folder whose tokenizer begins "unsafe" and "safe" with different tokens.</param>
    /// <param name="device">Where it runs.</param>
    /// <param name="chat">A chat format in place of the folder's own; null keeps that, or what the guard's format brings.</param>
    /// <param name="format">How it wants to be asked; null for the embedded guard's way.</param>
    /// <param name="weights">How its matrices are kept in memory.</param>
    /// <exception cref="InvalidDataException">The two verdicts begin with the same token.</exception>
    public static Guard Load(
        string folder, Device device, string? chat = null, GuardFormat? format = null,
        WeightPrecision weights = WeightPrecision.Float32) => Load(folder, device, chat, format, weights, shelf: null);

    /// <summary>The same on weights that other models may have read already.</summary>
    internal static Guard Load(
        string folder, Device device, string? chat, GuardFormat? format, WeightPrecision weights, BaseShelf? shelf)
    {
        format ??= GuardFormat.Embedded;
        var model = shelf is null
            ? ModelFolder.Load(folder, device, chat ?? format.Chat, weights: weights)
            : ModelFolder.Load(folder, device, chat ?? format.Chat, weights, shelf);
        var (unsafeId, safeId) = (First(model, GuardPrompt.Unsafe), First(model, GuardPrompt.Safe));
        if (unsafeId == safeId)
        {
            model.Dispose();
            throw new InvalidDataException(
                $"The guard in '{folder}' cannot tell its verdicts apart: "
                + $"'{GuardPrompt.Unsafe}' and '{GuardPrompt.Safe}' both begin with token {safeId}. "
                + "Use a model whose tokenizer separates them.");
        }

        return new Guard(model, format, unsafeId, safeId);
    }

    /// <summary>P(unsafe) of each answer to its prompt, in [0, 1].</summary>
    /// <param name="pairs">Prompt and answer; untrusted text, read as text only.</param>
    /// <param name="cancellation">Checked between batches.</param>
    public IReadOnlyList<double> Score(IReadOnlyList<(string Prompt, string Answer)> pairs, CancellationToken cancellation) =>
        _scorer.ProbabilityOfFirst(_policy, [.. pairs.Select(pair => Conversation(pair.Prompt, pair.Answer))], _unsafe, _safe,
            cancellation);

    /// <inheritdoc/>
    public IReadOnlyList<GuardReading> Read(IReadOnlyList<(string Prompt, string Answer)> pairs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var scores = Score(pairs, cancellation);
        var named = _format.Categories.Count == 0
            ? []
            : Named(pairs, [.. Enumerable.Range(0, pairs.Count).Where(index => scores[index] >= 0.5)], cancellation);
        return [.. scores.Select((score, index) => new GuardReading(score, named.GetValueOrDefault(index)))];
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    // What the guard writes behind "unsafe", which it is made to have said.
    private Dictionary<int, string?> Named(
        IReadOnlyList<(string Prompt, string Answer)> pairs, List<int> wanted, CancellationToken cancellation)
    {
        var begun = _folder.Chat.Answer(GuardPrompt.Unsafe).TakeWhile(id => !_folder.Chat.StopIds.Contains(id)).ToArray();
        var longest = _folder.Model.Config.MaxPositions - CategoryTokens - begun.Length;
        var requests = wanted.Select(index => (int[])[.. _policy, .. Conversation(pairs[index].Prompt, pairs[index].Answer, longest)])
            .Select(ids => new GenerationRequest([.. ids, .. begun], [new RandomStream(0, "guard/categories")])).ToList();
        var written = new Engine.Generation.Generator(_folder.Model).Generate(
            requests, SamplingSettings.Greedy(CategoryTokens), _folder.Chat.StopIds, cancellation);
        return wanted.Zip(written, (index, answers) => (index, Text: _folder.Tokenizer.Decode(answers[0].Ids)))
            .ToDictionary(row => row.index, row => _format.CategoriesIn(row.Text));
    }

    private static int First(ModelFolder model, string verdict) => model.Chat.Answer(verdict)[0];

    // What is too long for the guard's window loses the end of its longer text.
    private int[] Conversation(string prompt, string answer, int? most = null)
    {
        var longest = most ?? _folder.Model.Config.MaxPositions;
        var ids = Ids(prompt, answer);
        while (ids.Length > longest && prompt.Length + answer.Length > 0)
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

    private int[] Ids(string prompt, string answer) => _folder.Chat.Prompt(new ChatMessage("user", _format.Render(prompt, answer)));
}
