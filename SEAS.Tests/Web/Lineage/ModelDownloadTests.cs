using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using SEAS.Tests.Engine.Models;
using SEAS.Tests.Lineage;
using SEAS.Tests.Support;
using SEAS.Training.ModelFiles;
using SEAS.Training.Runs.Context;
using TorchSharp;

namespace SEAS.Tests.Web.Lineage;

/// <summary>A run's models over HTTP, from a real server over a real run of tiny models.</summary>
public sealed class ModelDownloadTests(TracedRun traced) : IClassFixture<TracedRun>, IAsyncLifetime
{
    private static readonly int[] s_text = [0, 1, 50, 60, 70, 2];

    private DashboardHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = await TracedHost.StartAsync(traced);
        traced.Store.DatasetAccess.Accept("Ada");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task The_newest_target_comes_first_and_each_is_named_with_its_checksum()
    {
        var models = await _host.Client.GetFromJsonAsync<JsonElement[]>($"/api/v1/runs/{traced.Run}/models");

        Assert.Equal(
            ["target-2", "target-1", "target-0", "red-2", "red-1", "red-0"],
            models!.Select(model => model.GetProperty("name").GetString()));
        var folder = Path.Combine(traced.Store.Folder, "runs", traced.Run.Value, "checkpoints", "target-2");
        Assert.Equal(WeightsChecksum.Of(folder), models![0].GetProperty("weightsSha256").GetString());
    }

    [Theory]
    [InlineData("target-2", "f32", 0)]
    [InlineData("red-1", "bf16", 0.05)]
    public async Task A_zip_holds_a_folder_that_computes_what_the_checkpoint_does(string name, string precision, double tolerance)
    {
        using var folder = new TemporaryFolder();
        await using var bytes = await _host.Client.GetStreamAsync(Address(name, "hf", precision));
        ZipFile.ExtractToDirectory(bytes, folder.Path);
        var taken = Path.Combine(folder.Path, $"seas-run-{traced.Run}-{name}");

        Assert.True(File.Exists(Path.Combine(taken, "generation_config.json")));
        SmallModels.AssertClose(Scores(Checkpoint(name)), Scores(taken), tolerance);
    }

    [Fact]
    public async Task A_gguf_file_is_what_export_model_writes()
    {
        using var folder = new TemporaryFolder();
        var taken = await _host.Client.GetByteArrayAsync(Address("target-1", "gguf", "q8_0"));
        using var model = ModelFolder.Load(Checkpoint("target-1"), torch.CPU);
        var written = Path.Combine(folder.Path, "model.gguf");
        ModelExport.ToGguf(model, written, WeightPrecision.Quantized8, $"seas-run-{traced.Run}-target-1");

        Assert.Equal(await File.ReadAllBytesAsync(written), taken);
    }

    [Fact]
    public async Task A_download_that_broke_goes_on_with_the_same_bytes_and_is_logged_once_as_a_model()
    {
        var address = Address("target-0", "gguf", "f16");
        using var head = await _host.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, address));
        var first = await PartAsync(address, 0, 999);
        var rest = await PartAsync(address, 1_000, null, first.Headers.ETag);
        byte[] whole = [.. await first.Content.ReadAsByteArrayAsync(), .. await rest.Content.ReadAsByteArrayAsync()];

        Assert.Equal(HttpStatusCode.PartialContent, rest.StatusCode);
        Assert.Equal(whole.Length, head.Content.Headers.ContentLength);
        var sum = Convert.ToHexStringLower(SHA256.HashData(whole));
        Assert.Equal($"\"{sum}\"", head.Headers.ETag!.Tag);
        var entry = Assert.Single(traced.Store.DatasetAccess.Log(traced.Run), entry => entry.Sha256 == sum);
        Assert.Equal(("Ada", "page", "gguf-f16", 0), (entry.Person, entry.Way, entry.Format, entry.Round));
    }

    [Fact]
    public async Task Nobody_gets_a_model_before_they_have_accepted_the_notice()
    {
        var answer = await _host.Client.GetAsync(Address("target-1", "hf", "f32", who: "Ben"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.DoesNotContain(traced.Store.DatasetAccess.Log(traced.Run), entry => entry.Person == "Ben");
    }

    [Theory]
    [InlineData("target-9", "hf", "f32", HttpStatusCode.NotFound, "target-2")]
    [InlineData("..%2F..%2Fseas.db", "hf", "f32", HttpStatusCode.BadRequest, "target-N")]
    [InlineData("target-1", "hf", "q8_0", HttpStatusCode.BadRequest, "must be one of")]
    [InlineData("target-1", "onnx", "f32", HttpStatusCode.BadRequest, "must be one of")]
    [InlineData("target-1", "peft", "f32", HttpStatusCode.UnprocessableEntity, "--lora")]
    public async Task What_is_not_there_is_said_so(string name, string format, string precision, HttpStatusCode status, string expected)
    {
        var answer = await _host.Client.GetAsync(Address(name, format, precision));

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains(expected, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var exports = Directory.CreateDirectory(Path.Combine(traced.Store.Folder, "exports"));
        Assert.Empty(exports.GetDirectories("*.part"));   // nothing half-made is left
    }

    [Fact]
    public async Task The_runs_page_offers_them()
    {
        var page = await _host.Client.GetStringAsync($"/runs/{traced.Run}");

        Assert.Contains("Export a model", page, StringComparison.Ordinal);
        Assert.Contains("T2, the target", page, StringComparison.Ordinal);
        Assert.DoesNotContain("PEFT adapter", page, StringComparison.Ordinal);   // all weights were tuned
    }

    private string Checkpoint(string name) => Path.Combine(traced.Store.Folder, "runs", traced.Run.Value, "checkpoints", name);

    private string Address(string name, string format, string precision, string who = "Ada") =>
        $"/api/v1/runs/{traced.Run}/models/{name}?format={format}&precision={precision}&who={who}";

    private static float[] Scores(string folder)
    {
        using var model = ModelFolder.Load(folder, torch.CPU);
        return SmallModels.LogitsAlone(model.Model, s_text)[^1];
    }

    private async Task<HttpResponseMessage> PartAsync(string address, long from, long? to, EntityTagHeaderValue? ifRange = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Range = new RangeHeaderValue(from, to);
        request.Headers.IfRange = ifRange is null ? null : new RangeConditionHeaderValue(ifRange);
        return await _host.Client.SendAsync(request);
    }
}
