using System.Text.Json;
using System.Text.Json.Nodes;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Data.Datasets.Import.Staging;
using SEAS.Web.Live;

namespace SEAS.Tests.Web;

/// <summary>Figures on imported evaluation sets, as the run's page has them, and the choice of sets as a run is started.</summary>
public sealed class MeasuredSetTests
{
    private static readonly object s_share = new { rate = 0.25, lower = 0.1, upper = 0.5, n = 8 };
    private static readonly object s_group = new { @unsafe = s_share, refused = s_share, complied = s_share };

    [Fact]
    public void Each_set_has_the_lines_that_its_rows_allow_and_a_place_for_every_target()
    {
        var view = RunView.Waiting.After([
            Evaluated(0, new { target = 0, set = "a", rows = 8, asked = 8, alsoTrained = 2, harmful = s_group, safe = s_group }),
            Evaluated(1, new { target = 1, set = "b", rows = 90, asked = 8, unlabelled = s_group }),
        ]);

        var sets = MeasuredSet.Of(view);

        Assert.Equal([("a", "8 rows"), ("b", "8 of 90 rows, the same in every run")], sets.Select(set => (set.Set, set.Size)));
        Assert.Equal([2, 0], sets.Select(set => set.AlsoTrained));
        Assert.Equal(["attack success", "over-refusal"], sets[0].Lines.Select(line => line.What));
        Assert.Equal(["complied", "refused"], sets[1].Lines.Select(line => line.What));
        Assert.Equal([0.25, null], sets[0].Lines[0].Shares.Select(share => share?.Rate));
        Assert.Equal([null, 0.25], sets[1].Lines[0].Shares.Select(share => share?.Rate));
        Assert.Empty(MeasuredSet.Of(RunView.Waiting.After([Evaluated(0, null)])));
    }

    [Fact]
    public async Task The_run_s_page_shows_them_and_only_sets_for_evaluation_are_offered_with_a_new_run()
    {
        await using var host = await DashboardHost.StartScriptedAsync();
        var run = host.Store.Runs.Create("embedded", 7, """{ "Rounds": 3 }""", "9f3c21a07b44");
        Take(host, "questions", DatasetPurpose.Evaluation);
        Take(host, "others", DatasetPurpose.Seeds);
        host.Feed.Publish(run.Id, EventKinds.Evaluation, Json(
            0, new { target = 0, set = "questions", rows = 8, asked = 8, harmful = s_group }));
        host.Feed.Flush();

        var page = await host.Client.GetStringAsync($"runs/{run.Id}");
        var start = await host.Client.GetStringAsync("");

        Assert.Contains("Imported evaluation sets", page, StringComparison.Ordinal);
        Assert.Contains("attack success", page, StringComparison.Ordinal);
        Assert.Contains("value=\"questions\"", start, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"others\"", start, StringComparison.Ordinal);
    }

    private static void Take(DashboardHost host, string name, DatasetPurpose purpose)
    {
        var path = Path.Combine(host.Folder, name + ".jsonl");
        File.WriteAllText(path, "{\"prompt\": \"How do I paint a door?\"}\n");
        host.Store.Sets.Import.Apply(new SetRequest(path, purpose));
    }

    private static JsonNode Json(int iteration, object? set)
    {
        var figures = JsonSerializer.SerializeToNode(ScriptedFigures.Of(iteration), StoredJson.Options)!;
        figures["sets"] = set is null ? null : new JsonArray(JsonSerializer.SerializeToNode(set));
        return figures;
    }

    private static RunEvent Evaluated(int iteration, object? set) => new(
        new RunId("embedded-1"), iteration + 1, default, EventKinds.Evaluation, Json(iteration, set).ToJsonString());
}
