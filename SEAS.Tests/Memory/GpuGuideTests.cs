using SEAS.Tests.Support;
using SEAS.Training.Memory;
using SEAS.Web.Commands.Doctor;
using SEAS.Web.Live;

namespace SEAS.Tests.Memory;

public sealed class GpuGuideTests
{
    [Fact]
    public void The_table_of_the_guide_is_what_the_command_prints()
    {
        var guide = Repository.Read("docs/gpu.md");

        var printed = GpuPlanExam.Of(KnownSizes.Llama3Of8).ToList();

        Assert.Equal(9, printed.Count);
        Assert.All(printed, finding => Assert.Contains($"| {finding.Topic} | {finding.Found} |", guide, StringComparison.Ordinal));
    }

    [Fact]
    public void A_model_that_is_not_there_is_a_problem_with_what_to_name_instead()
    {
        var finding = Assert.Single(GpuPlanExam.Look(Path.Combine(Path.GetTempPath(), "no-such-model")));

        Assert.Equal(FindingState.Problem, finding.State);
        Assert.Contains("llama-3-8b", finding.Remedy, StringComparison.Ordinal);
    }
}
