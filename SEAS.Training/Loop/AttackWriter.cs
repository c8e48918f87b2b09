using SEAS.Data.Domain;
using SEAS.Training.Embedded;
using SEAS.Training.Generation;
using SEAS.Training.Randomness;

namespace SEAS.Training.Loop;

/// <summary>Writes the texts of an attack: prompts by R, answers by T. The same plan, weights and seeds write the same texts.</summary>
internal sealed class AttackWriter(RunPlan plan, IRunInputs inputs)
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
    public List<AdversarialPrompt> Prompts(Player red, int round, IReadOnlyList<int> seeds, CancellationToken cancellation)
    {
        var shots = seeds.Select(seed => inputs.Seed(round, seed)).ToList();
        var messages = seeds.Zip(shots, (seed, shot) => (
            Text: RedPrompt.Render(shot.Shots),
            Streams: Streams(plan.Attack.PromptsPerSeed, index => Random(PromptStream(round), seed, index)))).ToList();
        var written = red.Write(messages, PromptSampling(plan.Attack), cancellation);
        return [.. seeds.SelectMany((seed, row) => written[row].Select((text, index) => new AdversarialPrompt(
            round, seed, index, shots[row].Category, text.Text, text.Tokens, text.Stopped, inputs.AsksHarm(text.Text),
            messages[row].Text)))];
    }

    /// <summary>Gives m answers to each prompt.</summary>
    public List<TargetResponse> Answers(
        Player target, int round, IReadOnlyList<AdversarialPrompt> prompts, CancellationToken cancellation)
    {
        var messages = prompts.Select(prompt => (prompt.Text, Streams(
            plan.Attack.AnswersPerPrompt,
            index => Random(AnswerStream(round), prompt.SeedIndex, prompt.PromptIndex, index)))).ToList();
        var written = target.Write(messages, AnswerSampling(plan.Attack), cancellation);
        return [.. prompts.SelectMany((prompt, row) => written[row].Select((text, index) => new TargetResponse(
            round, prompt.SeedIndex, prompt.PromptIndex, index, text.Text, text.Tokens, text.Stopped)))];
    }

    private RandomStream Random(string stage, params ReadOnlySpan<long> indices) => new((ulong)plan.Seed, stage, indices);

    private static IReadOnlyList<RandomStream> Streams(int count, Func<int, RandomStream> stream) =>
        [.. Enumerable.Range(0, count).Select(stream)];

    private static SamplingSettings Sampling(AttackPlan attack, int tokens) => new(attack.Temperature, attack.TopP, attack.TopK, tokens);
}
