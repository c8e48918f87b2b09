using SEAS.Training.Runs.Plan;
using SEAS.Web.Commands;
using SEAS.Web.Settings;

namespace SEAS.Tests.Commands;

public sealed class FailureTests
{
    [Fact]
    public void An_error_of_the_project_is_one_message_and_nothing_else()
    {
        var (text, code) = Report(new DataFolderException("some-folder", new IOException("no room")));

        Assert.StartsWith("Runs cannot be kept in some-folder: no room", text, StringComparison.Ordinal);
        Assert.Single(text.TrimEnd().Split('\n'));
        Assert.Equal(1, code);
    }

    [Fact]
    public void Arguments_that_cannot_be_used_are_usage_errors()
    {
        Assert.Equal(2, Report(new UsageException("no")).Code);
        Assert.Equal(2, Report(new RunPlanException(["no"])).Code);
        Assert.Equal(2, Report(new SettingsException("no", ["no"])).Code);
    }

    [Fact]
    public void A_missing_library_points_to_the_doctor() =>
        Assert.Contains(
            "./seas doctor",
            Report(new TypeInitializationException("torch", new DllNotFoundException("libtorch.so"))).Text,
            StringComparison.Ordinal);

    [Fact]
    public void A_full_disk_is_called_so() =>
        Assert.StartsWith("The disk is full", Report(new IOException("No space left on device", 28)).Text, StringComparison.Ordinal);

    [Fact]
    public void What_was_not_foreseen_says_how_to_see_more()
    {
        var (text, code) = Report(new InvalidOperationException("surprise"));

        Assert.Contains("surprise", text, StringComparison.Ordinal);
        Assert.Contains("--verbose", text, StringComparison.Ordinal);
        Assert.Equal(1, code);
    }

    private static (string Text, int Code) Report(Exception error)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var code = Failure.Report(error, verbose: false, output);
        return (output.ToString(), code);
    }
}
