using Microsoft.Data.Sqlite;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;
using SEAS.Data.Contracts.Review;
using SEAS.Tests.Review;
using SEAS.Tests.Runs;
using SEAS.Training.Hosting;
using SEAS.Training.Lineage;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Feed;
using SEAS.Training.Runs.Plan;
using SEAS.Web.Live;

namespace SEAS.Tests.Lineage;

/// <summary>One run of tiny models, done once for all tests of a class. People correct some answers of each round, so that T has
/// pairs.</summary>
public sealed class TracedRun : IDisposable
{
    private readonly TinyWorld _world = new();

    public TracedRun()
    {
        Store = _world.Open("traced");
        using var feed = new RunFeed(Store, TimeProvider.System);
        var executor = new RunExecutor(Store, feed, new PersonAtTheGate(Correct));
        Run = executor.Create(_world.Plan().SendsAll(waitFor: 1)).Id;
        executor.Execute(Run, CancellationToken.None);
    }

    internal const int Corrections = 6;

    internal Store Store { get; }

    internal RunId Run { get; }

    /// <summary>Where the models that the run began with lie, and its data folder.</summary>
    internal string Root => Path.GetDirectoryName(Store.Folder)!;

    internal RunPlan Plan => RunPlanText.Read(Store.Runs.Get(Run).PlanJson);

    /// <summary>Works on the file behind the store's back.</summary>
    internal void Alter(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Store.Folder, "seas.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.NotEqual(0, command.ExecuteNonQuery());
    }

    /// <summary>The rows of a chain that come out differently when they are made again.</summary>
    internal IEnumerable<string> Differences(string id) =>
        Replay.Of(Store, LineageReader.Of(Store, RowId.Parse(id)), CancellationToken.None).Findings
            .Where(finding => !finding.IsEqual).Select(finding => finding.Id.ToString());

    public void Dispose()
    {
        Store.Dispose();
        _world.Dispose();
    }

    internal static void Correct(ReviewWaiting waiting)
    {
        for (var seed = 0; seed < Corrections; seed++)
        {
            Labeller.This(waiting.Store, waiting.Run, waiting.Round, seed, prompt: 1, new LabelAnswers
            {
                Safety = SafetyLabel.Unsafe, Corrected = $"I would rather not, says number {seed}.", Note = "It helps.",
            });
        }
    }
}
