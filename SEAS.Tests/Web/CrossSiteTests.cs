using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SEAS.Data.Contracts;
using SEAS.Training.Lab.DatasetStudy;
using SEAS.Web.Security;

namespace SEAS.Tests.Web;

/// <summary>Pages of other sites cause nothing here: nothing is logged under anybody's name, and no file is made.</summary>
public sealed class CrossSiteTests : IAsyncLifetime
{
    private DashboardHost _host = null!;
    private RunId _run;

    public async Task InitializeAsync()
    {
        _host = await DashboardHost.StartScriptedAsync();
        _run = SyntheticRound.Make(_host.Store, answers: 40, CancellationToken.None);
        _host.Store.DatasetAccess.Accept("Ada");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("cross-site", "datasets/attacks?who=Ada")]
    [InlineData("cross-site", "rounds/1/datasets/all?who=Ada")]
    [InlineData("cross-site", "datasets/attacks/preview")]
    [InlineData("cross-site", "models/target-1?who=Ada")]
    [InlineData("same-site", "datasets/attacks?who=Ada")]    // another port of this machine
    [InlineData("nonsense", "datasets/attacks?who=Ada")]
    public async Task What_would_be_written_down_is_refused(string from, string path)
    {
        var before = Files();

        var answer = await AskAsync(HttpMethod.Get, from, $"api/v1/runs/{_run}/{path}");
        var asked = await AskAsync(HttpMethod.Head, from, $"api/v1/runs/{_run}/{path}");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("began on a page of another site", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, asked.StatusCode);
        Assert.Empty(_host.Store.DatasetAccess.Log());
        Assert.Equal(before, Files());
    }

    [Fact]
    public async Task Nobody_accepts_the_notice_from_another_site()
    {
        var answer = await AskAsync(HttpMethod.Post, "cross-site", "api/v1/datasets/notice?who=Ben");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(_host.Store.DatasetAccess.HasAccepted("Ben"));
    }

    [Theory]
    [InlineData(null)]            // a program
    [InlineData("same-origin")]   // a link of the dashboard itself
    [InlineData("none")]          // typed into the address bar
    public async Task Who_asks_for_themselves_gets_it_and_is_in_the_log(string? from)
    {
        var answer = await AskAsync(HttpMethod.Get, from, $"api/v1/runs/{_run}/datasets/attacks?who=Ada");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("Ada", Assert.Single(_host.Store.DatasetAccess.Log()).Person);
    }

    [Fact]
    public async Task A_link_elsewhere_still_opens_a_page_and_lists_runs()
    {
        foreach (var path in new[] { "", $"runs/{_run}", $"runs/{_run}/datasets?round=1", "api/v1/runs", "health", "css/site.css" })
        {
            Assert.Equal(HttpStatusCode.OK, (await AskAsync(HttpMethod.Get, "cross-site", path)).StatusCode);
        }

        Assert.Empty(_host.Store.DatasetAccess.Log());
    }

    [Fact]
    public void Of_the_api_only_what_only_reads_says_that_it_changes_nothing()
    {
        var api = _host.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal)).ToList();
        var open = api.Where(endpoint => endpoint.Metadata.GetMetadata<ChangesNothingMetadata>() is not null)
            .Select(endpoint => endpoint.RoutePattern.RawText!.Trim('/')).Order(StringComparer.Ordinal);

        Assert.True(api.Count >= 14, $"{api.Count} endpoints");
        Assert.Equal(
            [
                "api/v1/datasets/log", "api/v1/datasets/notice", "api/v1/lineage", "api/v1/runs", "api/v1/runs/{id}",
                "api/v1/runs/{id}/datasets", "api/v1/runs/{id}/events", "api/v1/runs/{id}/labels", "api/v1/runs/{id}/models",
                "api/v1/runs/{id}/rounds/{round:int}/datasets",
            ],
            open);
    }

    private List<string> Files() =>
        [.. Directory.EnumerateFiles(_host.Folder, "*", SearchOption.AllDirectories)
            .Where(path => !path.Contains("seas.db", StringComparison.Ordinal) && !path.Contains("keys", StringComparison.Ordinal)).Order()];

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string? from, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        if (from is not null)
        {
            request.Headers.Add(CrossSiteGate.Header, from);
        }

        return await _host.Client.SendAsync(request);
    }
}
