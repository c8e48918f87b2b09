using System.Net;
using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;
using SEAS.Tests.Lineage;
using SEAS.Training.Lineage;
using SEAS.Web.Live.Lineage;

namespace SEAS.Tests.Web.Lineage;

/// <summary>The page of a case and the same for programs, over a real run of tiny models.</summary>
public sealed class LineagePageTests(TracedRun traced) : IClassFixture<TracedRun>
{
    [Fact]
    public void Json_holds_every_link_with_what_it_came_from()
    {
        var chain = LineageReader.Of(traced.Store, RowId.Parse($"{traced.Run}/r1/s3/p1/a0"));

        using var json = JsonDocument.Parse(LineageJson.Write(chain, replay: null));

        var links = json.RootElement.GetProperty("chain").EnumerateArray().ToList();
        Assert.Equal(chain.Links.Select(link => link.Id.ToString()), links.Select(link => link.GetProperty("id").GetString()));
        var answer = links.Single(link => link.GetProperty("kind").GetString() == "answer");
        Assert.Equal(
            [$"{traced.Run}/r1/s3/p1", $"{traced.Run}/target-0"],
            answer.GetProperty("from").EnumerateArray().Select(from => from.GetString()));
        var stream = answer.GetProperty("facts").GetProperty("stream");
        Assert.Equal((1, "round-1/attack/answer"), (stream.GetProperty("seed").GetInt64(), stream.GetProperty("stage").GetString()));
        Assert.Equal([3, 1, 0], stream.GetProperty("indices").EnumerateArray().Select(index => index.GetInt32()));
    }

    [Fact]
    public void Many_links_alike_are_folded_but_never_the_one_that_was_asked_for()
    {
        var links = Enumerable.Range(1, 5).Select(number => new LineageLink(
            new StepId(traced.Run, 1, ModelRole.Target, number), LineageKind.Step, [], [], [])).ToList();

        Assert.Equal([5], ChainGroup.Of(new LineageChain(new SeedId(traced.Run, 1, 1), links)).Select(group => group.Links.Count));
        Assert.All(ChainGroup.Of(new LineageChain(links[2].Id, links[..3])), group => Assert.False(group.IsFolded));
        Assert.Contains(
            ChainGroup.Of(new LineageChain(links[2].Id, links)), group => !group.IsFolded && group.Links[0].Id == links[2].Id);
    }

    [Theory]
    [InlineData("r1/s3/p1/a2", HttpStatusCode.OK)]
    [InlineData("r1/s3/p1/a99", HttpStatusCode.NotFound)]
    [InlineData("r1/s3/p1/b2", HttpStatusCode.BadRequest)]
    public async Task Programs_get_a_chain_or_a_problem(string place, HttpStatusCode expected)
    {
        await using var host = await TracedHost.StartAsync(traced);

        using var answer = await host.Client.GetAsync(new Uri($"api/v1/lineage?id={traced.Run}/{place}", UriKind.Relative));

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(
            expected == HttpStatusCode.OK ? "application/json" : "application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_case_page_is_written_with_its_texts_blurred_and_says_when_there_is_no_such_row()
    {
        await using var host = await TracedHost.StartAsync(traced);

        var page = await host.Client.GetStringAsync(new Uri($"runs/{traced.Run}/cases/1.3.1.2", UriKind.Relative));
        var none = await host.Client.GetStringAsync(new Uri($"runs/{traced.Run}/cases/1.3.1.77", UriKind.Relative));

        Assert.Contains("Answer 3 to prompt 2 of seed 3, round 1", page, StringComparison.Ordinal);
        Assert.Contains("inert", page, StringComparison.Ordinal);
        Assert.Contains("There is no row", none, StringComparison.Ordinal);
    }
}
