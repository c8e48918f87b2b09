using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;
using SEAS.Data.Datasets.Export;
using SEAS.Data.Datasets.Frozen;

namespace SEAS.Data.Datasets.Verification;

/// <summary>The manifest of what is checked: an export's, or a frozen round's.</summary>
internal sealed class PackageManifest
{
    private readonly ExportFilter _filter;
    private readonly IReadOnlyList<DatasetManifest> _rounds;

    private PackageManifest(
        string kind, string run, IReadOnlyList<ManifestFile> files, ExportFilter filter, IReadOnlyList<DatasetManifest> rounds)
    {
        (Kind, Run, Files, _filter, _rounds) = (kind, run, files, filter, rounds);
    }

    /// <summary>The rounds that the rows come from.</summary>
    public IReadOnlyList<DatasetManifest> Rounds => _rounds;

    public string Kind { get; }

    public string Run { get; }

    public IReadOnlyList<ManifestFile> Files { get; }

    /// <summary>Whether no row was left out.</summary>
    public bool IsComplete => _filter.IsNone;

    /// <exception cref="JsonException">It is not what this program writes.</exception>
    public static PackageManifest? Read(byte[] bytes, Findings findings)
    {
        var root = JsonElement.Parse(bytes);
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("schema_version", out var schema))
        {
            throw new JsonException("It should be an object with schema_version.");
        }

        if (schema.GetInt32() > DatasetManifest.NewestSchema)
        {
            findings.Add(FrozenFiles.Manifest, null,
                $"has schema version {schema.GetInt32()}, but this program knows up to {DatasetManifest.NewestSchema}: use a newer one");
            return null;
        }

        if (root.TryGetProperty("rounds", out _))
        {
            var export = ManifestJson.Read<ExportManifest>(bytes);
            return new PackageManifest("export", export.Run, export.Files, export.Filter, export.Rounds);
        }

        var frozen = ManifestJson.Read<DatasetManifest>(bytes);
        return new PackageManifest("frozen round", frozen.Run, frozen.Files, ExportFilter.None, [frozen]);
    }

    public bool Holds(string file) => Files.Any(known => known.Name == file);

    /// <summary>Whether a row's parent is of the round whose file names it: then it must be there too.</summary>
    public bool IsOfRound(string parent, string file)
    {
        var round = _rounds.Count == 1
            ? _rounds[0].Round
            : _rounds.FirstOrDefault(known => file.StartsWith(Folder(known), StringComparison.Ordinal))?.Round;
        return RowId.TryParse(parent) switch
        {
            PromptId prompt => prompt.Round == round,
            AnswerId answer => answer.Round == round,
            VerdictId verdict => verdict.On.Round == round,
            PairId pair => pair.Round == round,
            GeneralRowId general => general.Round == round,
            _ => false,
        };
    }

    /// <summary>What an unfiltered export took as it was must be what was frozen.</summary>
    public void CompareRounds(Findings findings)
    {
        if (Kind != "export" || !IsComplete)
        {
            return;
        }

        foreach (var round in _rounds)
        {
            var folder = FolderOf(round);
            foreach (var frozen in round.Files)
            {
                if (Files.FirstOrDefault(file => file.Name == folder + frozen.Name) is { } taken && taken.Sha256 != frozen.Sha256)
                {
                    findings.Add(taken.Name, null,
                        $"round {round.Round} froze it with the checksum {frozen.Sha256}, but the export's manifest says {taken.Sha256}");
                }
            }
        }
    }

    /// <summary>The store must have frozen the same.</summary>
    public void CompareStore(Store store, Findings findings)
    {
        var versions = store.Datasets.Versions(new RunId(Run));
        foreach (var round in _rounds)
        {
            var known = versions.FirstOrDefault(version => version.Round == round.Round && version.Version == round.Version);
            if (known is null)
            {
                findings.Add(FrozenFiles.Manifest, null, $"round {round.Round} v{round.Version} of run {Run} is not in the store");
            }
            else if (ManifestJson.Write(store.Datasets.Manifest(known)) != ManifestJson.Write(round))
            {
                findings.Add(FrozenFiles.Manifest, null, $"the store froze something else as round {round.Round} v{round.Version}");
            }
        }
    }

    /// <summary>Where a round's files lie: beside the manifest if it is the only one.</summary>
    public string FolderOf(DatasetManifest round) => _rounds.Count == 1 ? "" : Folder(round);

    private static string Folder(DatasetManifest round) => FormattableString.Invariant($"round-{round.Round}/");
}
