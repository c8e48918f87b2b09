using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Data.Datasets.Frozen;
using SEAS.Training.Lab.DatasetStudy;
using SEAS.Training.Runs.Context;

namespace SEAS.Tests.Web;

/// <summary>Datasets over HTTP, from a real server.</summary>
public sealed class DatasetDownloadTests : IAsyncLifetime
{
    private DashboardHost _host = null!;
    private RunId _run;

    public async Task InitializeAsync()
    {
        _host = await DashboardHost.StartScriptedAsync();
        _run = SyntheticRound.Make(_host.Store, answers: 2_000, CancellationToken.None);
        _host.Store.DatasetAccess.Accept("Ada");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Nobody_gets_a_file_before_they_have_accepted_the_notice()
    {
        var refused = await _host.Client.GetAsync(Address("kto", "kto", who: "Ben"));
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType!.MediaType);
        Assert.Contains(DatasetNotice.Text, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(_host.Store.DatasetAccess.Log());

        Assert.Equal(HttpStatusCode.NoContent, (await _host.Client.PostAsync("/api/v1/datasets/notice?who=Ben", null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _host.Client.GetAsync(Address("kto", "kto", who: "Ben"))).StatusCode);
    }

    [Fact]
    public async Task A_program_names_itself_and_accepts_in_headers()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/runs/{_run}/rounds/1/datasets/all");
        request.Headers.Add("Seas-Person", "nightly job");
        request.Headers.Add("Seas-Notice", "accepted");

        var answer = await _host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/zip", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"seas-run-{_run}-round-1.zip", answer.Content.Headers.ContentDisposition!.FileName);
        var entry = Assert.Single(_host.Store.DatasetAccess.Log(_run));
        Assert.Equal(("nightly job", "program", "all"), (entry.Person, entry.Way, entry.Format));
        Assert.Equal(entry.Sha256, Sum(await answer.Content.ReadAsByteArrayAsync()));
    }

    [Fact]
    public async Task Nobody_in_particular_gets_nothing()
    {
        var answer = await _host.Client.GetAsync($"/api/v1/runs/{_run}/rounds/1/datasets/all");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("must be named", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_size_is_known_before_the_first_byte_and_the_tag_is_the_checksum()
    {
        using var head = await _host.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, Address("verdicts", "csv")));
        var bytes = await _host.Client.GetByteArrayAsync(Address("verdicts", "csv"));

        Assert.Equal(bytes.Length, head.Content.Headers.ContentLength);
        Assert.Equal($"\"{Sum(bytes)}\"", head.Headers.ETag!.Tag);
        Assert.Equal("bytes", Assert.Single(head.Headers.AcceptRanges));
        Assert.Single(_host.Store.DatasetAccess.Log());   // asking for the size takes nothing away
    }

    [Fact]
    public async Task A_download_that_broke_goes_on_and_is_logged_once()
    {
        var whole = await _host.Client.GetByteArrayAsync(Address("all", "all"));
        var first = await PartAsync(0, 9_999);
        var rest = await PartAsync(10_000, null, first.Headers.ETag);

        Assert.Equal(HttpStatusCode.PartialContent, rest.StatusCode);
        Assert.Equal($"bytes 10000-{whole.Length - 1}/{whole.Length}", rest.Content.Headers.ContentRange!.ToString());
        Assert.Equal(Sum(whole), Sum([.. await first.Content.ReadAsByteArrayAsync(), .. await rest.Content.ReadAsByteArrayAsync()]));
        Assert.Equal(2, _host.Store.DatasetAccess.Log().Count);   // the whole one and the one that broke
    }

    [Fact]
    public async Task The_end_of_a_file_alone_is_logged_too()
    {
        await PartAsync(10, null);

        Assert.Single(_host.Store.DatasetAccess.Log());
    }

    [Fact]
    public async Task A_download_does_not_go_on_with_another_file_than_it_began_with()
    {
        var answer = await PartAsync(10, null, new EntityTagHeaderValue("\"something else\""));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);   // all of it, from the beginning
    }

    [Fact]
    public async Task A_file_that_somebody_has_is_not_sent_again_and_a_range_beyond_its_end_is_refused()
    {
        var tag = (await _host.Client.GetAsync(Address("kto", "kto"))).Headers.ETag!;
        using var again = new HttpRequestMessage(HttpMethod.Get, Address("kto", "kto"));
        again.Headers.IfNoneMatch.Add(tag);

        Assert.Equal(HttpStatusCode.NotModified, (await _host.Client.SendAsync(again)).StatusCode);
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, (await PartAsync(1L << 40, null)).StatusCode);
    }

    [Theory]
    [InlineData("rounds/9/datasets/all?who=Ada", HttpStatusCode.NotFound, "Round 9")]
    [InlineData("rounds/1/datasets/all?who=Ada&format=avro", HttpStatusCode.BadRequest, "must be one of")]
    [InlineData("rounds/1/datasets/nothing?who=Ada", HttpStatusCode.NotFound, "attacks.jsonl")]
    [InlineData("rounds/1/datasets/..%2F..%2Fseas.db?who=Ada", HttpStatusCode.NotFound, "has no file")]
    [InlineData("rounds/1/datasets/all?who=Ada&version=7", HttpStatusCode.NotFound, "version 7")]
    public async Task What_is_not_there_is_said_so(string address, HttpStatusCode status, string expected)
    {
        var answer = await _host.Client.GetAsync($"/api/v1/runs/{_run}/{address}");

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains(expected, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_run_is_not_found()
    {
        var answer = await _host.Client.GetAsync("/api/v1/runs/nobody/rounds/1/datasets/all?who=Ada");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_list_says_what_there_is_and_a_preview_what_a_download_would_hold()
    {
        await _host.Client.GetAsync(Address("kto", "kto"));
        var list = await _host.Client.GetFromJsonAsync<JsonElement>($"/api/v1/runs/{_run}/rounds/1/datasets");
        var preview = await _host.Client.GetFromJsonAsync<JsonElement>($"/api/v1/runs/{_run}/rounds/1/datasets/all/preview?format=trl");

        var version = Assert.Single(list.GetProperty("versions").EnumerateArray());
        Assert.Equal(2_000, version.GetProperty("counts").GetProperty("answers").GetInt64());
        Assert.Contains("huggingface", list.GetProperty("formats").EnumerateArray().Select(format => format.GetString()));
        Assert.Equal(400, preview.GetProperty("rows").GetInt64());
    }

    [Fact]
    public async Task Ten_downloads_at_once_all_arrive_whole_while_the_store_is_written()
    {
        using var stop = new CancellationTokenSource();
        var written = 0;
        var writing = Task.Run(() =>
        {
            for (; !stop.IsCancellationRequested; written++)
            {
                _host.Store.Events.Append([new RunEvent(_run, written + 1, DateTimeOffset.UnixEpoch, EventKinds.Alert, "{}")]);
            }
        });

        var files = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _host.Client.GetByteArrayAsync(Address("all", "all"))));
        await stop.CancelAsync();
        await writing;

        Assert.Single(files.Select(Sum).Distinct());
        Assert.Equal(10, _host.Store.DatasetAccess.Log().Count);
        Assert.True(written > 10, $"Only {written} events were written meanwhile.");
    }

    private static string Sum(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private string Address(string name, string format, string who = "Ada") =>
        $"/api/v1/runs/{_run}/rounds/1/datasets/{name}?format={format}&who={who}";

    private async Task<HttpResponseMessage> PartAsync(long from, long? to, EntityTagHeaderValue? ifRange = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Address("all", "all"));
        request.Headers.Range = new RangeHeaderValue(from, to);
        request.Headers.IfRange = ifRange is null ? null : new RangeConditionHeaderValue(ifRange);
        return await _host.Client.SendAsync(request);
    }
}
