using System.Net;
using SEAS.Data.Contracts.Review;

namespace SEAS.Tests.Web.Review;

/// <summary>Review as programs see it: files of labels, pages of runs that are not there.</summary>
public sealed class ReviewServerTests : IAsyncLifetime
{
    private DashboardHost _host = null!;

    public async Task InitializeAsync() => _host = await DashboardHost.StartScriptedAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("jsonl", "application/x-ndjson", "embedded-7-labels.jsonl")]
    [InlineData("csv", "text/csv", "embedded-7-labels.csv")]
    [InlineData("argilla", "application/json", "embedded-7-labels.argilla.json")]
    [InlineData("label-studio", "application/json", "embedded-7-labels.label-studio.json")]
    public async Task Labels_go_out_as_a_file(string format, string type, string name)
    {
        var scene = new ReviewScene(_host.Store, items: 4);
        scene.Label("Bob", 2, _ => SafetyLabel.Unsafe);

        var answer = await _host.Client.GetAsync(new Uri($"api/v1/runs/{scene.Run}/labels?format={format}", UriKind.Relative));

        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(name, answer.Content.Headers.ContentDisposition!.FileName);
        Assert.Contains("Bob", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api/v1/runs/nobody/labels", HttpStatusCode.NotFound, "There is no such run")]
    [InlineData("runs/nobody/review", HttpStatusCode.NotFound, "There is no run")]
    [InlineData("runs/nobody/review/adjudicate", HttpStatusCode.NotFound, "There is no run")]
    [InlineData("runs/nobody/review/quality", HttpStatusCode.NotFound, "There is no run")]
    [InlineData("runs/nobody/review/labels", HttpStatusCode.NotFound, "There is no run")]
    [InlineData("runs/nobody/review/setup", HttpStatusCode.NotFound, "There is no run")]
    [InlineData("runs/nobody/rounds/1", HttpStatusCode.NotFound, "There is no run")]
    public async Task A_run_that_is_not_there_is_told(string path, HttpStatusCode status, string text)
    {
        var answer = await _host.Client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(text, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_quality_page_and_the_runs_page_say_who_moved_the_threshold()
    {
        var scene = new ReviewScene(_host.Store, items: 40);
        scene.Label("Bob", 30, item => item.Score >= 0.42 ? SafetyLabel.Unsafe : SafetyLabel.Safe);
        _host.Store.Review.Thresholds.Apply(scene.Run, new(0.5), new(0.47), "Bob", "best by F1");

        foreach (var path in new[] { $"runs/{scene.Run}/review/quality", $"runs/{scene.Run}" })
        {
            var page = await _host.Client.GetStringAsync(new Uri(path, UriKind.Relative));

            Assert.Contains("Bob moved the threshold from 0.50 to 0.47", page, StringComparison.Ordinal);
            Assert.Equal(path.EndsWith("quality", StringComparison.Ordinal), page.Contains("Use 0.4", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_format_that_is_not_known_is_refused_with_those_that_are()
    {
        var scene = new ReviewScene(_host.Store, items: 1);

        var answer = await _host.Client.GetAsync(new Uri($"api/v1/runs/{scene.Run}/labels?format=xml", UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("jsonl, csv, argilla, label-studio", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
