using System.CommandLine;
using SEAS.Data.Contracts;
using SEAS.Tests.Support;
using SEAS.Training.Runs.Plan;
using SEAS.Web.Commands;
using SEAS.Web.Live;

namespace SEAS.Tests.Commands;

public sealed class CommandLineTests
{
    [Fact]
    public void The_script_s_help_names_every_verb()
    {
        var script = Repository.Read("seas");

        // The dashboard is called "up" there.
        var verbs = CommandLine.Root().Subcommands.Select(verb => verb.Name == "serve" ? "up" : verb.Name).ToList();

        Assert.True(verbs.Count >= 6, string.Join(' ', verbs));
        Assert.All(verbs, verb => Assert.Contains($"  ./seas {verb}", script, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_verb_and_every_option_explains_itself()
    {
        var root = CommandLine.Root();

        Assert.All(root.Subcommands, verb => Assert.False(string.IsNullOrWhiteSpace(verb.Description), verb.Name));
        Assert.All(
            root.Subcommands.SelectMany(verb => verb.Options),
            option => Assert.False(string.IsNullOrWhiteSpace(option.Description), option.Name));
    }

    [Theory]
    [InlineData("bench sft --layers 0", "--layers is 0")]
    [InlineData("generate --model x --top-p 1.5", "--top-p is 1.5")]
    [InlineData("generate --model x --temperature -1", "--temperature is -1")]
    [InlineData("serve --port 70000", "--port is 70000")]
    [InlineData("run --seed -1", "--seed is -1")]
    public void A_number_out_of_range_is_refused_with_its_range(string line, string expected)
    {
        var error = Assert.Single(CommandLine.Root().Parse(line).Errors);

        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("expected", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_takes_what_was_said_and_keeps_the_rest()
    {
        var plan = RunCommand.Plan(CommandLine.Root().Parse(
            "run --preset smoke --seed 5 --rounds 2 --device cpu --seeds prompts.csv --set Attack.Seeds=7 "
            + "--set RedUpdate.Training.Beta=0.2"));

        var preset = Presets.Plan("smoke", seed: 5);
        Assert.Equal((5, 2, "cpu", 7), ((int)plan.Seed, plan.Rounds, plan.Device, plan.Attack.Seeds));
        Assert.Equal(0.2, plan.RedUpdate.Training.Beta);
        Assert.Equal(Path.GetFullPath("prompts.csv"), plan.SeedFile);   // whole, so that a run can be resumed from another folder
        Assert.Equal(preset.Evaluation, plan.Evaluation);
        Assert.Equal(preset.Attack.PromptsPerSeed, plan.Attack.PromptsPerSeed);
    }

    [Fact]
    public void All_that_is_wrong_with_a_plan_is_said_at_once()
    {
        var error = Assert.Throws<RunPlanException>(
            () => RunCommand.Plan(CommandLine.Root().Parse("run --set Attack.Nonsense=1 --set Nonsense.Seeds=1")));

        Assert.Equal(2, error.Problems.Count);
    }
}
