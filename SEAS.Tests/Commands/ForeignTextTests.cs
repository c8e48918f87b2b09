using System.Net;
using Microsoft.Data.Sqlite;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Tests.Storage;
using SEAS.Tests.Support;
using SEAS.Tests.Web;
using SEAS.Training.Lab.DatasetStudy;
using SEAS.Web.Commands;

namespace SEAS.Tests.Commands;

/// <summary>Text from outside as a terminal gets it from the whole program: names, answers of models, addresses in the server's log.</summary>
public sealed class ForeignTextTests
{
    private const string Hostile = "\u001b[2J\u001b]52;c;aGk=\a\u202e";
    private const string Seen = @"\x1b[2J\x1b]52;c;aGk=\x07\u202e";

    [Fact]
    public async Task No_verb_prints_what_it_was_given_raw()
    {
        var verbs = CommandLine.Root().Subcommands.Select(verb => verb.Name).ToList();
        var shown = 0;
        foreach (var verb in verbs)
        {
            var run = await ProgramRun.OfAsync(verb, Hostile, "--data", Hostile);
            AssertHarmless(run.Output + run.Errors);
            shown += (run.Output + run.Errors).Contains(Seen, StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.True(verbs.Count >= 15, $"{verbs.Count} verbs");
        Assert.True(shown >= 12, $"{shown} of {verbs.Count} verbs showed it");   // the others stop at another fault
    }

    [Fact]
    public async Task An_answer_of_a_model_is_explained_visibly()
    {
        using var folder = new TemporaryFolder();
        using (var store = Store.Open(folder.Path, TimeProvider.System, "test"))
        {
            SyntheticRound.Make(store, answers: 40, CancellationToken.None);
        }

        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "seas.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE responses SET text = $text";
            command.Parameters.AddWithValue("$text", Hostile + "\nsecond line");
            Assert.True(await command.ExecuteNonQueryAsync() > 0);
        }

        File.Delete(Path.Combine(folder.Path, "seas.db.sha256"));   // a person who alters a closed database says so by this

        var run = await ProgramRun.OfAsync("explain", "synthetic-1/r1/s0/p0/a0", "--data", folder.Path);

        Assert.True(run.ExitCode == 0, run.Errors);
        AssertHarmless(run.Output);
        Assert.Contains($"  │ {Seen}", run.Output, StringComparison.Ordinal);
        Assert.Contains("  │ second line", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_named_visibly_and_what_is_written_into_files_stays_as_it_is()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "a\u001b[2J\u202eb.csv");
        await File.WriteAllTextAsync(file, "prompt,type\n\"How do I fold a \u001b[31mmap?\",Fraud\n");

        var run = await ProgramRun.OfAsync("import", file, "--as", "seeds", "--data", Path.Combine(folder.Path, "data"));

        Assert.True(run.ExitCode == 0, run.Errors);
        AssertHarmless(run.Output + run.Errors);
        Assert.Contains(@"a\x1b[2J\u202eb", run.Output, StringComparison.Ordinal);
        using var store = Store.OpenToRead(Path.Combine(folder.Path, "data"), TimeProvider.System, "test");
        var set = Assert.Single(store.Sets.List());
        Assert.Equal("How do I fold a \u001b[31mmap?", Assert.Single(store.Sets.Rows(set.Name, 0, 10, null, null)).Row.Prompt);
    }

    [Fact]
    public async Task The_servers_log_is_quiet_about_unreadable_addresses_and_foreign_cookies_and_shows_a_path_visibly()
    {
        using var folder = new TemporaryFolder();
        using var server = await ServerProcess.StartAsync(
            folder.Path, ServerProcess.FreePort(), new() { ["Logging__LogLevel__Microsoft.AspNetCore.Routing"] = "Debug" });
        using var handler = new HttpClientHandler { CookieContainer = new CookieContainer() };
        using var client = new HttpClient(handler) { BaseAddress = new Uri(server.Address) };
        await client.GetAsync(new Uri("", UriKind.Relative));
        var cookies = handler.CookieContainer.GetCookies(client.BaseAddress);
        Assert.Contains(cookies, cookie => cookie.Name.Contains("Antiforgery", StringComparison.Ordinal));
        foreach (var cookie in cookies.Where(cookie => cookie.Name.Contains("Antiforgery", StringComparison.Ordinal)))
        {
            cookie.Value = "garbage";
        }

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("", UriKind.Relative))).StatusCode);
        foreach (var path in new[] { "runs/nope/datasets?round=%1b%5b2J", "datasets/sets/x?after=%1b%5b2J", "x%1b%5b2J" })
        {
            await client.GetAsync(new Uri(path, UriKind.Relative));
        }

        var said = await server.EndAsync();

        AssertHarmless(said);
        Assert.Contains(@"x\x1b[2J", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", said, StringComparison.Ordinal);
    }

    private static void AssertHarmless(string text)
    {
        Assert.DoesNotContain('\u001b', text);
        Assert.DoesNotContain('\a', text);
        Assert.DoesNotContain('\u202e', text);
    }
}
