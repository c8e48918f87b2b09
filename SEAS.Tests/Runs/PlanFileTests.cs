using SEAS.Tests.Pins;
using SEAS.Training.Runs.Plan;

namespace SEAS.Tests.Runs;

public sealed class PlanFileTests
{
    public static TheoryData<string> AllPresets => new(Presets.Names);

    [Theory]
    [MemberData(nameof(AllPresets))]
    public void What_is_printed_is_taken_back_unchanged(string name)
    {
        var plan = Presets.Plan(name, seed: 12);

        Assert.Equal(RunPlanText.Write(plan), RunPlanText.Write(PlanFile.Read(PlanFile.Write(plan), "embedded", seed: 1)));
    }

    [Fact]
    public void A_plan_in_which_nothing_is_as_usual_is_taken_back_unchanged() => Assert.Equal(
        RunPlanText.Write(PlanPinTests.Unusual), RunPlanText.Write(PlanFile.Read(PlanFile.Write(PlanPinTests.Unusual), "embedded", seed: 1)));

    [Fact]
    public void A_file_may_name_little_and_be_JSON()
    {
        var yaml = PlanFile.Read("preset: small\nattack:\n  seeds: 7\n", "embedded", 3);
        var json = PlanFile.Read("{\"Preset\": \"small\", \"Attack\": {\"Seeds\": 7}}", "embedded", 3);

        Assert.Equal(RunPlanText.Write(yaml), RunPlanText.Write(json));
        Assert.Equal((7, 5, 3L), (yaml.Attack.Seeds, yaml.Attack.PromptsPerSeed, yaml.Seed));
    }

    [Fact]
    public void All_that_is_wrong_with_a_file_is_said_at_once()
    {
        var error = Assert.Throws<RunPlanException>(() => PlanFile.Read(
            "Preset: small\nRonds: 2\nAttack:\n  Seeds: many\n  Shot: 3\nTargetUpdate:\n  Order: Best\n", "embedded", 1));

        Assert.Equal(4, error.Problems.Count);
        Assert.All(new[] { "'Ronds'", "Attack.Seeds", "'Attack.Shot'", "TargetUpdate.Order" }, name =>
            Assert.Contains(error.Problems, problem => problem.Contains(name, StringComparison.Ordinal)));
        Assert.Throws<RunPlanException>(() => PlanFile.Read("- a\n- b\n", "embedded", 1));
        Assert.Throws<RunPlanException>(() => PlanFile.Read("a: [", "embedded", 1));
    }

    [Fact]
    public void Settings_that_came_later_change_the_hash_and_only_where_they_differ()
    {
        var plan = Presets.Plan("smoke", 1);
        string[] changes =
        [
            "Inputs=Outside", "Attack.TypeSampling=Types", "RedUpdate.Reference=Initial", "RedUpdate.PairsPerSeed=All", "RedUpdate.FluencyFilter=false",
            "RedUpdate.ChosenOnce=false", "RedUpdate.MaxCharacters=3000", "RedUpdate.Accumulate=true", "TargetUpdate.Learns=false",
            "TargetUpdate.Reference=None", "TargetUpdate.Order=MostUnsafe", "TargetUpdate.Answers=First", "TargetUpdate.MaxCharacters=3000",
            "TargetUpdate.Accumulate=true",
        ];

        var hashes = changes.Select(change => RunPlanText.Hash(RunPlanText.With(plan, [change]))).Append(RunPlanText.Hash(plan)).ToList();

        Assert.Equal(changes.Length + 1, hashes.Distinct().Count());
        Assert.DoesNotContain("Inputs", RunPlanText.Write(plan), StringComparison.Ordinal);
    }
}
