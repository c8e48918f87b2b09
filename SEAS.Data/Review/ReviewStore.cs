using Microsoft.Data.Sqlite;
using SEAS.Data.Review.Items;
using SEAS.Data.Review.Queue;
using SEAS.Data.Review.Settings;
using SEAS.Data.Storage;

namespace SEAS.Data.Review;

/// <summary>Everything about labels by people: what is to be labelled, who has it, what they said.</summary>
public sealed class ReviewStore
{
    private readonly SqliteConnections _connections;

    internal ReviewStore(SqliteConnections connections, TimeProvider clock)
    {
        _connections = connections;
        Changes = new ReviewChanges();
        Settings = new ReviewSettingsRepository(connections, Changes);
        Items = new ReviewItemRepository(connections, clock, Changes);
        Queue = new ReviewQueue(connections, clock, Changes);
        Decisions = new DecisionRepository(connections, clock, Changes, Queue);
        Annotators = new AnnotatorRepository(connections, clock);
        Guidelines = new GuidelineRepository(connections, clock, Changes);
        Thresholds = new ThresholdRepository(connections, clock, Changes);
    }

    /// <summary>What is to be labelled.</summary>
    public ReviewItemRepository Items { get; }

    /// <summary>Hands items out.</summary>
    public ReviewQueue Queue { get; }

    /// <summary>What people said.</summary>
    public DecisionRepository Decisions { get; }

    /// <summary>Who they are.</summary>
    public AnnotatorRepository Annotators { get; }

    /// <summary>What they are told.</summary>
    public GuidelineRepository Guidelines { get; }

    /// <summary>Where people moved the guard's threshold to.</summary>
    public ThresholdRepository Thresholds { get; }

    /// <summary>How each run is reviewed.</summary>
    public ReviewSettingsRepository Settings { get; }

    /// <summary>Tells pages that something changed.</summary>
    public ReviewChanges Changes { get; }

    /// <summary>Writes into the tables of review in one transaction.</summary>
    internal void Write(Action<SqliteConnection, SqliteTransaction> work) => _connections.Write(work);
}
