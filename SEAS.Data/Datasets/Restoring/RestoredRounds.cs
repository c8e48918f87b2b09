using Microsoft.Data.Sqlite;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Frozen;

namespace SEAS.Data.Datasets.Restoring;

/// <summary>Rounds put together again from exported files alone, as a store of their own that goes when this is disposed.</summary>
/// <remarks>What the files hold can be asked for as if the run were here; other rounds and weights are not there.</remarks>
public sealed class RestoredRounds : IDisposable
{
    private readonly Dictionary<(int Round, ModelRole Role), List<GeneralRow>> _general = [];
    private readonly string _folder;

    private RestoredRounds(string folder, IReadOnlyList<DatasetManifest> rounds)
    {
        _folder = folder;
        Rounds = rounds;
        Run = new RunId(rounds[0].Run);
        Store = Store.Open(folder, TimeProvider.System);
    }

    /// <summary>The rows.</summary>
    public Store Store { get; }

    /// <summary>The run that they are of.</summary>
    public RunId Run { get; }

    /// <summary>The manifests of the rounds that are here, by round.</summary>
    public IReadOnlyList<DatasetManifest> Rounds { get; }

    /// <summary>Whether no row of these rounds was left out by a filter.</summary>
    public bool IsComplete { get; private init; } = true;

    /// <summary>Checks the files, then puts their rounds together.</summary>
    /// <param name="paths">Zips that an export wrote, or folders of them; if two hold a round, the newer version is taken.</param>
    /// <param name="cancellation">Leaves nothing behind.</param>
    /// <exception cref="DatasetException">The files are not sound, are of several runs, or do not hold the frozen rows.</exception>
    public static RestoredRounds Open(IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        var sources = new List<RestoredSource>();
        try
        {
            sources.AddRange(paths.Select(path => RestoredSource.Open(path, cancellation)));
            return Together(sources, cancellation);
        }
        finally
        {
            sources.ForEach(source => source.Dispose());
        }
    }

    /// <summary>The plain rows that a model learnt in a round, in their order; none of a round that is not here.</summary>
    public IReadOnlyList<GeneralRow> General(int round, ModelRole role) => _general.GetValueOrDefault((round, role), []);

    /// <inheritdoc/>
    public void Dispose()
    {
        Store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static RestoredRounds Together(List<RestoredSource> sources, CancellationToken cancellation)
    {
        var rounds = sources.SelectMany(source => source.Rounds.Select(round => (Source: source, Manifest: round)))
            .GroupBy(round => round.Manifest.Round)
            .Select(versions => versions.MaxBy(version => version.Manifest.Version))
            .OrderBy(round => round.Manifest.Round)
            .ToList();
        var runs = rounds.Select(round => $"{round.Manifest.Run} ({round.Manifest.ConfigHash})").Distinct().ToList();
        if (runs.Count > 1)
        {
            throw new DatasetException(
                $"The files should be of one run but are of {string.Join(" and ", runs)}. Name those of one run alone.");
        }

        var restored = new RestoredRounds(
            Directory.CreateTempSubdirectory("seas-restored-").FullName, [.. rounds.Select(round => round.Manifest)])
        {
            IsComplete = sources.TrueForAll(source => source.IsComplete),
        };
        try
        {
            restored.Fill(rounds, cancellation);
            return restored;
        }
        catch (Exception error)
        {
            restored.Dispose();
            // Sound by its checksums, yet no row of ours: somebody made it.
            throw error is InvalidOperationException or FormatException or KeyNotFoundException or ArgumentException or SqliteException
                or StoreException or UnitAlreadyDoneException
                ? new DatasetException($"The rows of run {rounds[0].Manifest.Run} do not fit together: {error.Message} "
                    + "Take an export that this program wrote.", error)
                : error;
        }
    }

    private void Fill(List<(RestoredSource Source, DatasetManifest Manifest)> rounds, CancellationToken cancellation)
    {
        var first = Rounds[0];
        Store.Runs.Create(first.Preset, first.Seed, first.Plan.GetRawText(), first.ConfigHash, Run);
        foreach (var (source, manifest) in rounds)
        {
            var rows = new RestoredRows(source, manifest, cancellation);
            new RestoredRound(Store, Run, manifest, rows).Fill();
            foreach (var row in rows.Of(FrozenFiles.General))
            {
                var role = RoleNames.Find(RestoredRows.Text(row, "role")) ?? throw new FormatException("A plain row is of no model.");
                if (!_general.TryGetValue((manifest.Round, role), out var general))
                {
                    _general[(manifest.Round, role)] = general = [];
                }

                general.Add(new GeneralRow(role, RestoredRows.Text(row, "prompt"), RestoredRows.Text(row, "answer")));
            }
        }
    }
}
