using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Inputs;
using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Ledger;
using SEAS.Training.Runs.Plan;
using SEAS.Training.Text.Chat;

namespace SEAS.Training.Runs.Stages;

/// <summary>Writes the texts of an attack: prompts by R, answers by T. The same plan, weights and seeds write the same texts.</summary>
internal sealed class AttackWriter(RunPlan plan)
{
    /// <summary>The stage that names the random streams of a round's prompts; the indices are seed and prompt.</summary>
    public static string PromptStream(int round) => $"round-{round}/attack/prompt";

    /// <summary>The stage that names the random streams of a round's answers; the indices are seed, prompt and answer.</summary>
    public static string AnswerStream(int round) => $"round-{round}/attack/answer";

    /// <summary>How R's prompts are drawn.</summary>
    public static SamplingSettings PromptSampling(AttackPlan attack) => Sampling(attack, attack.PromptTokens);

    /// <summary>How T's answers are drawn.</summary>
    public static SamplingSettings AnswerSampling(AttackPlan attack) => Sampling(attack, attack.AnswerTokens);

    /// <summary>Writes n prompts after each seed.</summary>
    /// <param name="red">R.</param>
    /// <param name="round">The round.</param>
    /// <param name="seeds">What R is shown.</param>
    /// <param name="asksHarm">Whether a prompt asks for harm; null where nobody can tell.</param>
    /// <param name="cancellation">Checked between batches.</param>
    public List<AdversarialPrompt> Prompts(
        IChatModel red, int round, IReadOnlyList<ShownSeed> seeds, Func<string, bool?> asksHarm, CancellationToken cancellation)
    {
        var messages = seeds.Select(seed => (
            seed.Text, Streams(plan.Attack.PromptsPerSeed, index => Random(PromptStream(round), seed.Index, index)))).ToList();
        var written = red.Write(messages, PromptSampling(plan.Attack), cancellation);
        return [.. seeds.SelectMany((seed, row) => written[row].Select((text, index) => new AdversarialPrompt(
            round, seed.Index, index, seed.Category, text.Text, text.Tokens, text.Stopped, asksHarm(text.Text), seed.Text)))];
    }

    /// <summary>Gives m answers to each prompt.</summary>
    /// <param name="target">T.</param>
    /// <param name="round">The round.</param>
    /// <param name="prompts">The prompts.</param>
    /// <param name="cancellation">Checked between batches.</param>
    /// <param name="missing">Takes the questions that got no answer; null where nobody asks.</param>
    public List<TargetResponse> Answers(
        IChatModel target, int round, IReadOnlyList<AdversarialPrompt> prompts, CancellationToken cancellation, List<MissingAnswer>? missing = null)
    {
        var messages = prompts.Select(prompt => (prompt.Text, Streams(
            plan.Attack.AnswersPerPrompt,
            index => Random(AnswerStream(round), prompt.SeedIndex, prompt.PromptIndex, index)))).ToList();
        var written = target.Write(messages, AnswerSampling(plan.Attack), cancellation);
        missing?.AddRange(prompts.SelectMany((prompt, row) => written[row].Select((text, index) => new MissingAnswer(
            prompt.SeedIndex, prompt.PromptIndex, index, text.Outcome))).Where(answer => !answer.Outcome.Counts()));
        return [.. prompts.SelectMany((prompt, row) => written[row].Select((text, index) => new TargetResponse(
            round, prompt.SeedIndex, prompt.PromptIndex, index, text.Text, text.Tokens, text.Stopped)))];
    }

    private RandomStream Random(string stage, params ReadOnlySpan<long> indices) => new((ulong)plan.Seed, stage, indices);

    private static IReadOnlyList<RandomStream> Streams(int count, Func<int, RandomStream> stream) =>
        [.. Enumerable.Range(0, count).Select(stream)];

    private static SamplingSettings Sampling(AttackPlan attack, int tokens) => new(attack.Temperature, attack.TopP, attack.TopK, tokens);
}

/// <summary>A seed as R is shown it.</summary>
/// <param name="Index">Its place in the round.</param>
/// <param name="Category">The type of its prompts.</param>
/// <param name="Text">The message.</param>
internal sealed record ShownSeed(int Index, string Category, string Text)
{
    /// <summary>A round's seed as its inputs draw it.</summary>
    public static ShownSeed Of(IRunInputs inputs, int round, int index)
    {
        var seed = inputs.Seed(round, index);
        return new ShownSeed(index, seed.Category, RedPrompt.Render(seed.Shots));
    }
}
