using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Review.Settings;
using SEAS.Data.Storage;

namespace SEAS.Data.Review.Queue;

/// <summary>Stores how each run is reviewed. Each public method is one transaction.</summary>
public sealed class ReviewSettingsRepository
{
    private readonly SqliteConnections _connections;
    private readonly ReviewChanges _changes;

    internal ReviewSettingsRepository(SqliteConnections connections, ReviewChanges changes)
    {
        _connections = connections;
        _changes = changes;
    }

    /// <summary>A run's settings; the usual ones if none were saved.</summary>
    public ReviewSettings Get(RunId run) => _connections.Read(connection => StoredReviewSettings.Get(connection, null, run));

    /// <summary>Saves a run's settings; how many labels each item needs, and so its state, follows at once.</summary>
    /// <exception cref="ArgumentException">The numbers cannot be; the message lists all that is wrong.</exception>
    /// <exception cref="RunNotFoundException">There is no such run.</exception>
    public void Save(RunId run, ReviewSettings settings)
    {
        if (settings.Problems() is { Count: > 0 } problems)
        {
            throw new ArgumentException($"The settings of review cannot be used: {string.Join("; ", problems)}.", nameof(settings));
        }

        _connections.Write((connection, transaction) =>
        {
            if (!SqliteConnections.HasRun(connection, transaction, run))
            {
                throw new RunNotFoundException(run);
            }

            StoredReviewSettings.Save(connection, transaction, run, settings);
            WantedLabels.Apply(connection, transaction, run, settings);
        });
        _changes.Ring(run);
    }
}
