using System.Collections.Concurrent;
using System.Data;
using System.Security.Cryptography;
using SEAS.Data.Contracts;
using SEAS.Data.Runs;
using SEAS.Data.Storage;

namespace SEAS.Data.Datasets.Frozen;

/// <summary>Makes versions: writes beside, hands everything to the disk, renames, records. A version is whole or not there.</summary>
internal sealed class VersionFreezer(string dataFolder, SqliteConnections connections, VersionRepository versions, TimeProvider clock)
{
    private readonly ConcurrentDictionary<(RunId Run, int Round), RoundState> _rounds = new();

    public DatasetVersion Freeze(
        RunId run, int round, string reason, Func<RoundFacts> gather, UnitKey? unit, CancellationToken cancellation)
    {
        if (!connections.HasRun(run))
        {
            throw new RunNotFoundException(run);
        }

        var state = _rounds.GetOrAdd((run, round), _ => new RoundState());
        lock (state.Freezing)
        {
            var newest = versions.Of(run).LastOrDefault(version => version.Round == round);
            var mark = versions.LabelsMark(run);
            if (newest is not null && IsAsItWas(run, round, mark, state))
            {
                state.SameAt = mark;
                return Recorded(newest, mark, isNew: false, unit);
            }

            connections.RequireWriter(
                newest is null
                    ? $"Freezing round {round} of run {run}"
                    : $"Freezing the labels that came to round {round} of run {run} since its version {newest.Version}",
                newest is null ? "" : $" What is frozen can be had here: export it with --version {newest.Version}.");
            var facts = gather();
            var place = new VersionPlace(dataFolder, run, round, (newest?.Version ?? 0) + 1);
            try
            {
                var frozen = Write(place, reason, facts, newest, cancellation);
                state.SameAt = facts.LabelsMark;
                if (frozen is null)
                {
                    return Recorded(newest!, mark, isNew: false, unit);
                }

                return Recorded(frozen, facts.LabelsMark, isNew: true, unit);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new DatasetException(
                    $"The datasets of round {round} of run {run} cannot be frozen in {place.Final}: {error.Message} "
                    + "Nothing half-written remains. Make room or give this user the right to write there, then try again.", error);
            }
            finally
            {
                place.Tidy();
            }
        }
    }

    // To compare a million rows takes many seconds, to find out that no label is about them a fraction of one.
    private bool IsAsItWas(RunId run, int round, string mark, RoundState state) =>
        mark == state.SameAt || !versions.IsTouchedSince(run, round, state.SameAt ?? versions.FrozenMark(run, round)!);

    private DatasetVersion Recorded(DatasetVersion version, string mark, bool isNew, UnitKey? unit)
    {
        if (isNew || unit is not null)
        {
            versions.Save(version, mark, isNew, unit, clock.GetUtcNow());
        }

        return version;
    }

    // Null if the newest version holds the same bytes.
    private DatasetVersion? Write(
        VersionPlace place, string reason, RoundFacts facts, DatasetVersion? newest, CancellationToken cancellation)
    {
        place.Begin();
        var (files, counts) = connections.Read(connection =>
        {
            using var snapshot = connection.BeginTransaction(IsolationLevel.Serializable, deferred: true);
            var rows = new RoundRows(connection, snapshot, place.Run, place.Round);
            return new RoundFreezer(rows, place.Run, place.Round, facts, cancellation).Write(place.Part);
        });
        var before = newest is null ? null : FrozenVersion.Open(dataFolder, newest);
        if (before is not null && files.All(file => before.Manifest.Files.Contains(file)))
        {
            return null;
        }

        if (before is not null)
        {
            files = [.. files, VersionDiff.Write(before, place)];
        }

        var manifest = Manifest(place, reason, facts, files, counts, newest);
        var bytes = ManifestJson.WriteFile(manifest);
        place.WriteDurably(FrozenFiles.Manifest, bytes);
        cancellation.ThrowIfCancellationRequested();
        place.Complete();
        return new DatasetVersion(
            place.Run, place.Round, place.Version, place.Relative, Convert.ToHexStringLower(SHA256.HashData(bytes)),
            files.Sum(file => file.Rows), files.Sum(file => file.Bytes) + bytes.Length, manifest.FrozenUtc, reason);
    }

    private DatasetManifest Manifest(
        VersionPlace place, string reason, RoundFacts facts, IReadOnlyList<ManifestFile> files, DatasetCounts counts,
        DatasetVersion? newest)
    {
        var run = new RunRepository(connections, clock, dataFolder).Get(place.Run);
        return new DatasetManifest
        {
            SchemaVersion = DatasetManifest.NewestSchema,
            Run = run.Id.Value,
            Round = place.Round,
            Version = place.Version,
            Reason = reason,
            FrozenUtc = clock.GetUtcNow(),
            Preset = run.Preset,
            Seed = run.Seed,
            ConfigHash = run.ConfigHash,
            GuardThreshold = facts.GuardThreshold,
            Models = facts.Models,
            Sources = facts.Sources,
            Decisions = [.. facts.Labels.Select(label => label.Decision.Id)],
            Counts = counts,
            Files = files,
            Lineage = LineageScheme.Of(run.Id, facts.Sets.Count > 0),
            PreviousManifestSha256 = newest?.ManifestSha256,
            Plan = facts.Plan,
        };
    }

    /// <summary>One round's lock, and the mark up to which its newest version is known to hold everything.</summary>
    private sealed class RoundState
    {
        public Lock Freezing { get; } = new();

        public string? SameAt { get; set; }
    }
}
