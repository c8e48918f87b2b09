using System.Text.RegularExpressions;
using SEAS.Tests.Support;
using SEAS.Web.Live;

namespace SEAS.Tests.Commands;

/// <summary>The script ./seas: installs what is missing, builds what changed, counts what was tested.</summary>
public sealed partial class ScriptTests
{
    private const string ThreeResults = """
        for word in "$@"; do [ "$before" = --results-directory ] && folder=$word; before=$word; done
        case $1 in test)
          echo '<UnitTestResult testName="A.Adds" outcome="Passed" />' >"$folder/one.trx"
          echo '<UnitTestResult testName="A.Skips" outcome="NotExecuted" />' >>"$folder/one.trx"
          echo '<UnitTestResult testName="B.Says(&quot;x&quot;)" outcome="Failed" />' >"$folder/two.trx"
          exit 1;;
        esac
        """;

    [Fact]
    public async Task With_nothing_missing_and_nothing_changed_it_is_silent_and_starts_the_program()
    {
        using var stage = new ScriptStage();
        await stage.RunAsync("version");
        var before = stage.Calls.Count;

        var again = await stage.RunAsync("version", "--verbose");

        Assert.Equal((0, "", ""), (again.ExitCode, again.Output, again.Errors));
        Assert.DoesNotContain(stage.Calls.Skip(before), call => call.StartsWith("dotnet build", StringComparison.Ordinal));
        Assert.EndsWith("SEAS.Web.dll version --verbose", stage.Calls[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_built_checkout_that_was_copied_is_built_where_it_is_now()
    {
        using var stage = new ScriptStage();
        await stage.RunAsync("version");
        var before = stage.Calls.Count;

        var copy = await stage.RunCopyAsync("version");

        Assert.True(copy.ExitCode == 0, copy.Errors);
        Assert.Contains("building what changed", copy.Errors, StringComparison.Ordinal);
        Assert.Contains(stage.Calls.Skip(before), call => call.StartsWith("dotnet build SEAS.Web", StringComparison.Ordinal));

        await stage.RunAsync("version");

        Assert.Single(stage.Calls.Skip(before), call => call.StartsWith("dotnet build", StringComparison.Ordinal));   // the first place is as it was
    }

    [Fact]
    public async Task What_is_missing_is_installed_after_the_lists_were_fetched_and_is_named()
    {
        using var stage = new ScriptStage();
        stage.Act("dpkg-query", "exit 0");
        stage.Act("dotnet", ThreeResults);

        var run = await stage.RunAsync("test");

        var apt = stage.Calls.Where(call => call.StartsWith("apt-get", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, apt.Count);
        Assert.EndsWith("update", apt[0], StringComparison.Ordinal);
        Assert.EndsWith("install --no-install-recommends chromium", apt[1], StringComparison.Ordinal);
        Assert.Contains("installing with apt: chromium", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_installing_fails_it_says_what_and_how_to_do_it_by_hand()
    {
        using var stage = new ScriptStage();
        stage.Act("dpkg-query", "exit 0");
        stage.Act("apt-get", "echo 'no network'; exit 100");

        var run = await stage.RunAsync("test");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("no network", run.Errors, StringComparison.Ordinal);
        Assert.Contains("apt-get update && sudo apt-get install -y chromium", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(stage.Calls, call => call.StartsWith("dotnet test", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Training_needs_no_package_of_the_system()
    {
        using var stage = new ScriptStage();
        stage.Act("dpkg-query", "exit 0");

        var run = await stage.RunAsync("run");

        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.DoesNotContain(stage.Calls, call => call.StartsWith("apt-get", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failed_build_shows_its_errors_and_starts_nothing()
    {
        using var stage = new ScriptStage();
        stage.Act("dotnet", "[ \"$1\" != build ] || { echo 'A.cs(1,1): error CS1002: ; expected'; exit 1; }");

        var run = await stage.RunAsync("version");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error CS1002", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(stage.Calls, call => call.Contains("SEAS.Web.dll", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tests_are_counted_over_all_result_files_and_failing_ones_are_named()
    {
        using var stage = new ScriptStage();
        stage.Act("dotnet", ThreeResults);

        var run = await stage.RunAsync("test");

        Assert.Equal(1, run.ExitCode);
        var lines = run.Output.TrimEnd().Split('\n');
        Assert.Equal("FAILED  B.Says(\"x\")", lines[^2]);
        Assert.Equal("1 passed, 1 failed, 1 skipped", lines[^1]);
    }

    [Theory]
    [InlineData("true", 0, "1 passed, 0 failed, 0 skipped")]     // all is well
    [InlineData("exit 134", 1, "1 passed, 1 failed, 0 skipped")] // the test process broke: that is a failure too
    public async Task The_test_process_itself_counts(string ending, int code, string line)
    {
        using var stage = new ScriptStage();
        stage.Act(
            "dotnet",
            "for word in \"$@\"; do [ \"$before\" = --results-directory ] && folder=$word; before=$word; done\n"
            + $"if [ \"$1\" = test ]; then echo '<UnitTestResult testName=\"A\" outcome=\"Passed\" />' >\"$folder/a.trx\"; {ending}; fi");

        var run = await stage.RunAsync("test");

        Assert.Equal(code, run.ExitCode);
        Assert.Equal(line, run.Output.TrimEnd().Split('\n')[^1]);
    }

    [Theory]
    [InlineData("exit 0")]                      // nothing ran
    [InlineData("[ \"$1\" != build ] || exit 1")] // nothing was built
    public async Task Tests_that_did_not_run_are_not_passed(string dotnet)
    {
        using var stage = new ScriptStage();
        stage.Act("dotnet", dotnet);

        var run = await stage.RunAsync("test");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("0 passed, 0 failed, 0 skipped", run.Output.TrimEnd().Split('\n')[^1]);
    }

    [Fact]
    public async Task Fast_tests_want_no_browser_and_leave_out_what_is_slow()
    {
        using var stage = new ScriptStage();
        stage.Act("dpkg-query", "exit 0");
        stage.Act("dotnet", ThreeResults);

        await stage.RunAsync("test", "--fast", "--filter", "Datasets");

        Assert.DoesNotContain(stage.Calls, call => call.StartsWith("apt-get", StringComparison.Ordinal));
        var test = Assert.Single(stage.Calls, call => call.StartsWith("dotnet test", StringComparison.Ordinal));
        Assert.Contains(" --filter (Datasets)&FullyQualifiedName!~SEAS.Tests.Browser.&", test, StringComparison.Ordinal);
        Assert.DoesNotContain("--fast", test, StringComparison.Ordinal);
        Assert.All(SlowTests(), name => Assert.Contains($"FullyQualifiedName!~SEAS.Tests.{name}.", test, StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_tests_are_asked_for_without_a_filter()
    {
        using var stage = new ScriptStage();
        stage.Act("dotnet", ThreeResults);

        await stage.RunAsync("test");

        var test = Assert.Single(stage.Calls, call => call.StartsWith("dotnet test", StringComparison.Ordinal));
        Assert.DoesNotContain("--filter", test, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_slow_test_that_the_script_names_is_there()
    {
        var slow = SlowTests();
        var known = typeof(ScriptTests).Assembly.GetTypes().Select(type => $"{type.FullName}.").ToList();

        Assert.True(slow.Count >= 20, $"{slow.Count} names");
        Assert.All(slow, name => Assert.Contains(known, type => type.StartsWith($"SEAS.Tests.{name}.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Doctor_installs_nothing_and_names_what_is_missing()
    {
        using var stage = new ScriptStage();
        stage.Act("dpkg-query", "exit 0");
        stage.Act("dotnet", "exit 0");

        var run = await stage.RunAsync("doctor");

        Assert.DoesNotContain(stage.Calls, call => call.StartsWith("apt-get", StringComparison.Ordinal));
        Assert.Contains("tests also need: chromium", run.Errors, StringComparison.Ordinal);
    }

    private static List<string> SlowTests() =>
        [.. SlowList().Match(Repository.Read("build/testing.sh")).Groups["names"].Value.Split('\n')
            .Where(line => !line.TrimStart().StartsWith('#'))
            .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    [GeneratedRegex(
        @"^slow_tests=\(\n(?<names>.*?)^\)", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex SlowList();
}
