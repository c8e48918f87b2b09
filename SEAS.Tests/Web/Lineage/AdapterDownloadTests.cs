using System.IO.Compression;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SEAS.Tests.Engine.Models;
using SEAS.Tests.Lineage;
using SEAS.Tests.Review;
using SEAS.Tests.Runs;
using SEAS.Tests.Support;
using SEAS.Training.Hosting;
using SEAS.Training.ModelFiles;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Feed;
using SEAS.Training.Runs.Plan;
using TorchSharp;

namespace SEAS.Tests.Web.Lineage;

/// <summary>What a run with adapters learnt, taken away alone.</summary>
public sealed class AdapterDownloadTests
{
    private static readonly int[] s_text = [0, 1, 50, 60, 70, 2];

    [Fact]
    public async Task The_adapter_on_its_base_computes_what_the_checkpoint_does()
    {
        using var world = new TinyWorld();
        using var store = world.Open("adapted");
        using var feed = new RunFeed(store, TimeProvider.System);
        var executor = new RunExecutor(store, feed, new PersonAtTheGate(TracedRun.Correct));
        var run = executor.Create(world.Plan().WithAdapters(2).SendsAll(waitFor: 1)).Id;
        executor.Execute(run, CancellationToken.None);
        store.DatasetAccess.Accept("Ada");
        await using var host = await DashboardHost.StartAsync(
            replace: services => services.Replace(ServiceDescriptor.Singleton(store)));
        using var folder = new TemporaryFolder();

        var models = await host.Client.GetFromJsonAsync<JsonElement[]>($"/api/v1/runs/{run}/models");
        await using (var bytes = await host.Client.GetStreamAsync($"/api/v1/runs/{run}/models/target-2?format=peft&who=Ada"))
        {
            ZipFile.ExtractToDirectory(bytes, folder.Path);
        }

        Assert.True(models![0].GetProperty("hasAdapter").GetBoolean());
        Assert.Contains("PEFT adapter", await host.Client.GetStringAsync($"/runs/{run}"), StringComparison.Ordinal);
        var taken = Path.Combine(folder.Path, $"seas-run-{run}-target-2");
        Assert.True(File.Exists(Path.Combine(taken, "adapter_model.safetensors")));
        SmallModels.AssertClose(Scores(Path.Combine(store.Folder, "runs", run.Value, "checkpoints", "target-2")), Scores(taken), 1e-4);
    }

    private static float[] Scores(string folder)
    {
        using var model = ModelFolder.Load(folder, torch.CPU);
        return SmallModels.LogitsAlone(model.Model, s_text)[^1];
    }
}
