using SEAS.Data.Domain;
using SEAS.Training.Embedded;
using SEAS.Training.Generation;
using SEAS.Training.Hosting;

namespace SEAS.Training.Loop;

/// <summary>The attack of one round (paper section 3.3): each seed gives n prompts by R, each prompt m answers by T.</summary>
internal static class AttackStage
{
    public static void Run(LoopContext context, RunClock clock, int round)
    {
        var attack = context.Plan.Attack;
        var units = (attack.Seeds + attack.SeedsPerUnit - 1) / attack.SeedsPerUnit;
        using var progress = new StageProgress(context, clock, round, RunStage.Attack, attack.Seeds);
        using var red = Player.Open(context, ModelRole.Red, round - 1);
        using var target = Player.Open(context, ModelRole.Target, round - 1);
        for (var unit = 0; unit < units; unit++)
        {
            var key = new UnitKey(round, RunStage.Attack, unit);
            var seeds = Enumerable.Range(unit * attack.SeedsPerUnit, Math.Min(attack.SeedsPerUnit,
                attack.Seeds - (unit * attack.SeedsPerUnit))).ToList();
            if (context.Store.Units.Find(context.Id, key) is not null)
            {
                progress.Skip(seeds.Count);
                continue;
            }

            context.Cancellation.ThrowIfCancellationRequested();
            var prompts = WritePrompts(context, red, round, seeds);
            var responses = WriteAnswers(context, target, round, prompts);
            var tokens = prompts.Sum(prompt => (long)prompt.Tokens) + responses.Sum(response => (long)response.Tokens);
            context.Store.Attacks.SaveAttackUnit(context.Id, key, prompts, responses, FeedJson.Write(new { seeds = seeds.Count, tokens }));
            progress.Advance(seeds.Count, tokens);
        }

        progress.Finish();
    }

    private static List<AdversarialPrompt> WritePrompts(LoopContext context, Player red, int round, List<int> seeds)
    {
        var attack = context.Plan.Attack;
        var stage = PromptStream(round);
        var shots = seeds.ConvertAll(seed => context.Inputs.Seed(round, seed));
        var messages = seeds.Zip(shots, (seed, shot) => (
            RedPrompt.Render(shot.Shots),
            Streams: Enumerable.Range(0, attack.PromptsPerSeed).Select(index => context.Random(stage, seed, index)).ToList()))
            .Select(item => (item.Item1, (IReadOnlyList<Randomness.RandomStream>)item.Streams)).ToList();
        var written = red.Write(messages, Sampling(attack, attack.PromptTokens), context.Cancellation);
        return [.. seeds.SelectMany((seed, row) => written[row].Select((text, index) => new AdversarialPrompt(
            round, seed, index, shots[row].Category, text.Text, text.Tokens, text.Stopped, context.Inputs.AsksHarm(text.Text),
                messages[row].Item1)))];
    }

    private static List<TargetResponse> WriteAnswers(LoopContext context, Player target, int round, List<AdversarialPrompt> prompts)
    {
        var attack = context.Plan.Attack;
        var stage = AnswerStream(round);
        var messages = prompts.ConvertAll(prompt => (prompt.Text, (IReadOnlyList<Randomness.RandomStream>)[.. Enumerable
            .Range(0, attack.AnswersPerPrompt).Select(index => context.Random(stage, prompt.SeedIndex, prompt.PromptIndex, index))]));
        var written = target.Write(messages, Sampling(attack, attack.AnswerTokens), context.Cancellation);
        return [.. prompts.SelectMany((prompt, row) => written[row].Select((text, index) => new TargetResponse(
            round, prompt.SeedIndex, prompt.PromptIndex, index, text.Text, text.Tokens, text.Stopped)))];
    }

    /// <summary>The random stream of a round's prompts; its indices are seed and prompt.</summary>
    public static string PromptStream(int round) => $"round-{round}/attack/prompt";

    /// <summary>The random stream of a round's answers; its indices are seed, prompt and answer.</summary>
    public static string AnswerStream(int round) => $"round-{round}/attack/answer";

    /// <summary>The plan's sampling with its own length limit.</summary>
    public static SamplingSettings Sampling(AttackPlan attack, int tokens) => new(attack.Temperature, attack.TopP, attack.TopK, tokens);
}
