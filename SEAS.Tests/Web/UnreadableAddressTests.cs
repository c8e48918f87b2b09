using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SEAS.Data.Contracts;
using SEAS.Web.Security;

namespace SEAS.Tests.Web;

/// <summary>Addresses whose values cannot be read: a plain sentence and 400, for people and for programs.</summary>
public sealed class UnreadableAddressTests : IAsyncLifetime
{
    private DashboardHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = await DashboardHost.StartScriptedAsync();
        _host.Store.Runs.Create("smoke", 1, "{}", "hash", new RunId("smoke-1"));
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("runs/nope/datasets?round=%1b%5b2J", "round is \"\u001b[2J\" in this address, but must be a whole number up to 2147483647.")]
    [InlineData("runs/smoke-1/datasets?round=1.5", "round is \"1.5\" in this address, but must be a whole number up to 2147483647.")]
    [InlineData("runs/smoke-1/datasets?round=99999999999", "but must be a whole number up to 2147483647.")]
    [InlineData("runs/smoke-1/datasets?only_confirmed=perhaps", "only_confirmed is \"perhaps\" in this address, but must be true or false.")]
    [InlineData("runs/smoke-1/review?item=<b>", "item is \"<b>\" in this address, but must be a whole number up to 9223372036854775807.")]
    [InlineData("datasets/sets/x?after=", "after is \"\" in this address")]
    public async Task People_get_a_page_that_says_which_value_it_is(string path, string sentence)
    {
        var answer = await _host.Client.GetAsync(new Uri(path, UriKind.Relative));
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains(sentence, WebUtility.HtmlDecode(page), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api/v1/runs/smoke-1/events?after=1.5", "after is \"1.5\" in this address, but must be a whole number")]
    [InlineData("api/v1/runs/smoke-1/events?limit=many", "limit is \"many\"")]
    [InlineData("api/v1/runs/smoke-1/labels?all=perhaps", "all is \"perhaps\" in this address, but must be true or false.")]
    [InlineData("api/v1/runs/smoke-1/datasets/all?version=x&who=Ada", "version is \"x\"")]
    [InlineData("api/v1/runs/smoke-1/datasets/all?only_confirmed=x&who=Ada", "only_confirmed is \"x\"")]
    public async Task Programs_get_problem_details_that_say_it(string path, string sentence)
    {
        var answer = await _host.Client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(
            sentence, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("runs/smoke-1/datasets")]
    [InlineData("runs/smoke-1/datasets?round=&version=")]
    [InlineData("runs/smoke-1/datasets?round=1&only_confirmed=True&other=x")]
    [InlineData("api/v1/runs/smoke-1/events?after=0&limit=5")]
    public async Task What_can_be_read_is_answered(string path) =>
        Assert.Equal(HttpStatusCode.OK, (await _host.Client.GetAsync(new Uri(path, UriKind.Relative))).StatusCode);

    [Fact]
    public void Every_value_that_a_page_takes_from_its_address_is_of_a_type_that_is_looked_at()
    {
        var values = _host.App.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
            .SelectMany(QueryGate.Wanted).Distinct().ToList();

        Assert.True(values.Count >= 9, $"{values.Count} values");
        Assert.All(values, value => Assert.True(QueryGate.IsKnown(value.Type), $"{value.Name} is of type {value.Type}"));
        Assert.False(QueryGate.IsKnown(typeof(Guid)));
        Assert.False(QueryGate.IsKnown(typeof(int[])));
    }
}
