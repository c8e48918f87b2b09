using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;
using SEAS.Tests.Support;
using SEAS.Tests.Web;
using SEAS.Training.ModelFiles;
using SEAS.Training.Serving;
using SEAS.Web.Serving;

namespace SEAS.Tests.Serving;

/// <summary>The dashboard's own checkpoints, for other programs, once somebody has said so.</summary>
public sealed class DashboardModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Without_the_switch_nothing_is_served()
    {
        await using var host = await DashboardHost.StartScriptedAsync(_folder.Path);
        var id = Checkpoint(host.Store, 1);

        using var models = await host.Client.GetAsync("/v1/models");
        using var chat = await host.Client.PostAsJsonAsync("/v1/chat/completions", new { model = id });

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed), (models.StatusCode, chat.StatusCode));
        Assert.Contains("--serve-models", await host.Client.GetStringAsync($"/runs/{RowId.Parse(id).Run}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_it_a_checkpoint_answers_by_its_id()
    {
        await using var host = await DashboardHost.StartScriptedAsync(_folder.Path, servesModels: true);
        var id = Checkpoint(host.Store, 1);

        var models = await host.Client.GetFromJsonAsync<JsonElement>("/v1/models");
        using var chat = await host.Client.PostAsJsonAsync("/v1/chat/completions", new
        {
            model = id, temperature = 0, max_tokens = 8, messages = new[] { new { role = "user", content = "Hello" } },
        });
        using var missing = await host.Client.PostAsJsonAsync("/v1/chat/completions", new { model = id + "9" });
        using var other = new HttpRequestMessage(HttpMethod.Get, "/v1/models") { Headers = { { "Origin", "https://elsewhere.example" } } };
        using var refused = await host.Client.SendAsync(other);

        Assert.Equal([id], models.GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString()));
        Assert.Equal(HttpStatusCode.OK, chat.StatusCode);
        var answer = await chat.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(id, answer.GetProperty("model").GetString());
        Assert.NotEqual("", answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Forbidden), (missing.StatusCode, refused.StatusCode));
        var page = await host.Client.GetStringAsync($"/runs/{RowId.Parse(id).Run}");
        Assert.Contains("v1/chat/completions", page, StringComparison.Ordinal);
        Assert.Contains(id, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Few_models_are_held_at_once_and_the_one_longest_unasked_makes_room()
    {
        await using var host = await DashboardHost.StartScriptedAsync(_folder.Path);
        var clock = new ForwardClock();
        using var models = new CheckpointModels(host.Store, clock);
        string[] ids = [Checkpoint(host.Store, 1), Checkpoint(host.Store, 2), Checkpoint(host.Store, 3)];
        var first = models.Find(ids[0])!;
        await first.LoadedAsync();
        clock.Forward(TimeSpan.FromMinutes(1));
        await models.Find(ids[1])!.LoadedAsync();

        Assert.Same(first, models.Find(ids[0]));
        var busy = Assert.Throws<ModelBusyException>(() => models.Find(ids[2]));
        Assert.Contains(ids[1], busy.Message, StringComparison.Ordinal);
        clock.Forward(TimeSpan.FromMinutes(11));
        Assert.NotNull(models.Find(ids[2]));
        await models.Find(ids[2])!.LoadedAsync();
        Assert.Same(first, models.Find(ids[0]));   // asked later than the other, so it stayed
        Assert.Null(models.Find("no-such-run/target-1"));
    }

    public void Dispose() => _folder.Dispose();

    private static string Checkpoint(SEAS.Data.Store store, long seed)
    {
        var run = store.Runs.Create("smoke", seed, """{ "Rounds": 1 }""", "9f3c21a07b44").Id;
        var folder = Path.GetRelativePath(store.Folder, EmbeddedWeights.Base);
        store.Checkpoints.Save(
            run, new Checkpoint(ModelRole.Target, 1, folder, null, new string('a', 64), TimeProvider.System.GetUtcNow()),
            new UnitKey(1, RunStage.OptimizeTarget, 0), "{}");
        return new CheckpointId(run, ModelRole.Target, 1).ToString();
    }
}
