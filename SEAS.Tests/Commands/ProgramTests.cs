using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Tests.Support;

namespace SEAS.Tests.Commands;

/// <summary>The verbs as a shell sees them: what they print, where, and with which exit code.</summary>
public sealed class ProgramTests
{
    private const string Stories = "data/models/stories260K";

    [Fact]
    public async Task Version_says_what_it_was_built_with()
    {
        var run = await ProgramRun.OfAsync("version");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^SEAS \d+\.\d+\.\d+.* · TorchSharp \d+\.\d+\.\d+", run.Output);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("generate")]
    [InlineData("bench", "nonsense")]
    [InlineData("bench", "sft", "--layers", "0")]
    [InlineData("serve", "--port", "70000")]
    [InlineData("run", "--preset", "nonsense")]
    [InlineData("run", "--set", "Attack.Nonsense=1")]
    [InlineData("run", "--resume", "--rounds", "2")]
    public async Task What_cannot_be_meant_is_a_usage_error_with_a_reason(params string[] arguments)
    {
        var run = await ProgramRun.OfAsync(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.NotEmpty(run.Errors);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);   // no stack trace
    }

    [Fact]
    public async Task A_model_that_is_not_there_is_named_without_a_stack_trace()
    {
        var run = await ProgramRun.OfAsync("generate", "--model", "no-such-folder");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("no-such-folder", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verbose_shows_where_an_error_came_from()
    {
        var run = await ProgramRun.OfAsync("generate", "--model", "no-such-folder", "--verbose");

        Assert.Contains("   at ", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_to_resume_is_said_plainly()
    {
        using var folder = new TemporaryFolder();

        var run = await ProgramRun.OfAsync("run", "--resume", "--data", folder.Path);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("no run to go on with", run.Errors, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Generate_prints_the_known_text_letter_for_letter()
    {
        var folder = SharedData.Require(Stories);
        using var golden = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "golden.json")));

        var run = await ProgramRun.OfAsync("generate", "--model", folder, "--temperature", "0", "--max-new-tokens", "200");

        Assert.Equal(golden.RootElement.GetProperty("expected_text").GetString() + "\n", run.Output);
        Assert.Equal(0, run.ExitCode);
    }

    [SkippableFact]
    public async Task Generate_repeats_itself_for_the_same_seed_and_says_so_in_json()
    {
        var folder = SharedData.Require(Stories);
        string[] arguments = ["generate", "--model", folder, "--prompt", "Tom saw", "--max-new-tokens", "12", "--seed", "7", "--json"];

        using var first = JsonDocument.Parse((await ProgramRun.OfAsync(arguments)).Output);
        using var second = JsonDocument.Parse((await ProgramRun.OfAsync(arguments)).Output);

        Assert.Equal(first.RootElement.GetProperty("text").GetString(), second.RootElement.GetProperty("text").GetString());
        Assert.Equal(12, first.RootElement.GetProperty("ids").GetArrayLength());
    }

    [Theory]
    [InlineData("sft")]
    [InlineData("dpo")]
    [InlineData("attack")]
    [InlineData("judge")]
    public async Task Bench_reports_the_fields_of_its_peers(string job)
    {
        var run = await ProgramRun.OfAsync(
            "bench", job, "--dim", "16", "--layers", "1", "--heads", "2", "--kv-heads", "1", "--hidden", "32", "--vocab", "64",
            "--seq", "16", "--prefix", "8", "--examples", "4", "--batch", "2", "--repeats", "1", "--threads", "1", "--json");

        Assert.True(run.ExitCode == 0, run.Errors);
        using var result = JsonDocument.Parse(run.Output);
        Assert.Equal(
            ["peer", "job", "seconds", "tokens_per_s", "tokens", "parameters", "threads", "peak_rss_mib"],
            result.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.True(result.RootElement.GetProperty("tokens").GetInt64() > 0);
    }

    [Fact]
    public async Task Doctor_names_torch_its_kernels_and_its_speed()
    {
        var run = await ProgramRun.OfAsync("doctor");

        Assert.Matches(@"torch\s+TorchSharp \d\S+ on libtorch \d", run.Output);
        Assert.Matches(@"kernels\s+\S", run.Output);
        Assert.Matches(@"speed\s+\d+ GFLOP/s", run.Output);
    }
}
