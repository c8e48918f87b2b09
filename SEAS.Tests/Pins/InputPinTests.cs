using System.CommandLine;
using System.Globalization;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Inputs;
using SEAS.Tests.Support;
using SEAS.Training.Endpoints;
using SEAS.Training.Inputs;
using SEAS.Training.Review;
using SEAS.Training.Runs.Plan;
using SEAS.Training.Runs.Stages;
using SEAS.Training.World;
using SEAS.Web.Commands;

namespace SEAS.Tests.Pins;

/// <summary>What a run draws from prompts and instructions that came from outside, and how it is asked for on the command line.</summary>
public sealed class InputPinTests
{
    private static readonly RunPlan s_plan = Presets.Plan("smoke", seed: 3);

    [Fact]
    public void What_is_drawn_from_prompts_and_instructions_from_outside_stays()
    {
        using var folder = new TemporaryFolder();
        var world = new EmbeddedWorld(2).AttackPrompts(DatasetSplit.Train, 24, "pins");
        var file = folder.Write("seeds.csv", "prompt,category\n" + string.Concat(
            world.Select((prompt, at) => $"\"{prompt.Text.Replace("\"", "\"\"", StringComparison.Ordinal)}\",Type_{at % 3}\n")));
        var lessons = Enumerable.Range(0, 5).Select(at => (
            at == 4 ? DatasetSplit.Test : DatasetSplit.Train, new InstructionRow($"Count to {at}.", $"{at}"))).ToList();
        var inputs = new PromptInputs(s_plan, SeedPrompts.OfFile(s_plan, file), new InstructionPool(s_plan, lessons));

        new PinnedText()
            .Add("held out", inputs.StaticPrompts(10).Select(prompt => $"{prompt.Category}: {prompt.Text}"))
            .Add("seeds of a round", Enumerable.Range(0, 3).Select(at => Text(inputs.Seed(2, at))))
            .Add("seeds of the matrix", Enumerable.Range(0, 2).Select(at => Text(inputs.MatrixSeed(at))))
            .Add("examples of R", inputs.RedExamples(2, "initialization").Select(row => $"{row.Category}: {string.Join(" | ", row.Shots)} → {row.Next}"))
            .Add("lessons of T", inputs.TargetInstructions(6).Select(row => row.Prompt))
            .Add("general rows", inputs.GeneralRows(6, RoundTuning.GeneralStream(2)).Select(row => row.Prompt))
            .AssertIs("draws/outside.golden.txt");
    }

    [Fact]
    public void Other_draws_stay()
    {
        (string, string)[] texts = [.. Enumerable.Range(0, 12).Select(at => ($"prompt {at}", $"answer {at % 5}"))];
        double[] scores = [.. Enumerable.Range(1, 12).Select(at => at / 16.0)];
        var pauses = new RetryPauses(7);
        new PinnedText()
            .Add("a worse guard", WorsenedGuard.Scores(texts, scores, s_plan with { GuardFlipShare = 0.5 })
                .Select(score => score.ToString("F6", CultureInfo.InvariantCulture)))
            .Add("pauses", Enumerable.Range(0, 5).Select(attempt => pauses.After(3, attempt, asked: null).ToString("c", CultureInfo.InvariantCulture)))
            .AssertIs("draws/other.golden.txt");
    }

    [Fact]
    public void Verbs_and_their_options_stay() => new PinnedText()
        .Add("verbs", Verbs(CommandLine.Root(), "")).AssertIs("verbs.golden.txt");

    private static IEnumerable<string> Verbs(Command command, string before) => command.Subcommands.SelectMany(verb =>
        (string[])[
            $"{before}{verb.Name} {string.Join(' ', verb.Arguments.Select(argument => $"<{argument.Name}>").Concat(verb.Options.Select(Option)))}",
            .. Verbs(verb, $"{before}{verb.Name} "),
        ]);

    private static string Option(Option option) => string.Join('/', [option.Name, .. option.Aliases.Order(StringComparer.Ordinal)]);

    private static string Text(SeedShots seed) => $"{seed.Category}: {string.Join(" | ", seed.Shots)}";
}
