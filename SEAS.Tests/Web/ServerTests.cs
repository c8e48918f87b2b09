using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SEAS.Data.Contracts;
using SEAS.Training.Text.Normalization;
using SEAS.Web.Api;
using SEAS.Web.Composition;

namespace SEAS.Tests.Web;

/// <summary>The server as programs see it: health, files, the JSON API.</summary>
public sealed class ServerTests : IAsyncLifetime
{
    private DashboardHost _host = null!;

    public async Task InitializeAsync() => _host = await DashboardHost.StartScriptedAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Health_is_ok_once_the_server_has_started()
    {
        Assert.Equal("""{"status":"ok"}""", await _host.Client.GetStringAsync("health"));
        Assert.Equal("""{"status":"ok"}""", await _host.Client.GetStringAsync("alive"));
    }

    [Theory]
    [InlineData("", 3_000)]
    [InlineData("css/site.css", 2_000)]
    [InlineData("js/curves.js", 1_000)]
    [InlineData("_framework/blazor.web.js", 100_000)]
    [InlineData("_content/Radzen.Blazor/css/material-dark-base.css", 500_000)]
    [InlineData("SEAS.Web.styles.css", 2_000)]
    public async Task Files_arrive_whole(string path, int atLeastBytes)
    {
        var bytes = await _host.Client.GetByteArrayAsync(path);

        Assert.True(bytes.Length >= atLeastBytes, $"{path} has {bytes.Length} bytes, expected at least {atLeastBytes}.");
    }

    [SkippableFact]
    public async Task The_charts_arrive_whole()
    {
        using var answer = await _host.Client.GetAsync("lib/uplot/uPlot.iife.min.js");
        Skip.If(answer.StatusCode == HttpStatusCode.NotFound && !HasNpm(), "This build has no charts: npm is not installed.");

        Assert.True((await answer.Content.ReadAsByteArrayAsync()).Length >= 40_000);

        static bool HasNpm() => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(place => File.Exists(Path.Combine(place, "npm")));
    }

    [Fact]
    public async Task A_run_is_listed_described_and_followed()
    {
        var run = _host.Store.Runs.Create("embedded", 7, """{ "Rounds": 3 }""", "9f3c21a07b44");
        await new ScriptedRun(_host.Store, _host.Feed, run.Id).PlayUntilAsync(round: 2);

        var list = await _host.Client.GetFromJsonAsync<JsonElement[]>("api/v1/runs");
        var one = await _host.Client.GetFromJsonAsync<JsonElement>("api/v1/runs/embedded-7");
        var events = await _host.Client.GetFromJsonAsync<JsonElement[]>("api/v1/runs/embedded-7/events?after=3&limit=2");

        Assert.Equal("embedded-7", Assert.Single(list!).GetProperty("id").GetString());
        Assert.Equal("running", one.GetProperty("status").GetString());
        Assert.Equal(2, one.GetProperty("evaluations").GetArrayLength());
        Assert.Equal([4L, 5L], events!.Select(happened => happened.GetProperty("sequence").GetInt64()));
    }

    [Theory]
    [InlineData("api/v1/runs/nobody", HttpStatusCode.NotFound, "There is no such run")]
    [InlineData("api/v1/runs/nobody/events", HttpStatusCode.NotFound, "There is no such run")]
    [InlineData("api/v1/nothing", HttpStatusCode.NotFound, "Not Found")]
    public async Task Failures_are_problem_details(string path, HttpStatusCode status, string title)
    {
        var answer = await _host.Client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(title, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("title").GetString());
    }

    [Fact]
    public async Task Events_before_the_first_are_refused()
    {
        _host.Store.Runs.Create("smoke", 1, "{}", "hash", new RunId("smoke-1"));

        var answer = await _host.Client.GetAsync(new Uri("api/v1/runs/smoke-1/events?after=-1", UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task An_unknown_run_gets_a_page_that_says_so_and_the_status_of_a_missing_page()
    {
        var answer = await _host.Client.GetAsync(new Uri("runs/nobody", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("nobody", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_address_gets_a_page_that_leads_back()
    {
        var answer = await _host.Client.GetAsync(new Uri("nowhere", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("There is nothing at this address", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_answer_already_shows_the_run_and_texts_of_models_stay_text()
    {
        var run = _host.Store.Runs.Create("embedded", 7, """{ "Rounds": 3 }""", "9f3c21a07b44");
        await new ScriptedRun(_host.Store, _host.Feed, run.Id).PlayUntilAsync(round: 2);

        var page = await _host.Client.GetStringAsync($"runs/{run.Id}");

        Assert.Contains("Embedded \u00b7 seed 7", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains("Attack success, held-out prompts", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Health_answers_503_until_the_server_has_started()
    {
        var starting = Assert.IsType<IStatusCodeHttpResult>(HealthEndpoints.Health(new Readiness()), exactMatch: false);

        Assert.Equal(StatusCodes.Status503ServiceUnavailable, starting.StatusCode);
        Assert.True(_host.App.Services.GetRequiredService<Readiness>().IsReady);
    }
}
