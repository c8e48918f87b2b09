using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;
using SEAS.Data.Datasets.Export;
using SEAS.Data.Datasets.Restoring;
using SEAS.Training.Lineage;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Stages;

namespace SEAS.Tests.Lineage;

/// <summary>A traced run that was exported, and whose database was then deleted.</summary>
public sealed class ExportedRun : IDisposable
{
    // What is called by its folder in a store is called by its name in files.
    private static readonly string[] s_local = ["folder", "guard", "base"];

    private readonly TracedRun _traced = new();
    private readonly string _data;

    public ExportedRun()
    {
        (Run, _data) = (_traced.Run, _traced.Store.Folder);
        Chains = Named.ToDictionary(
            place => place, place => Text(LineageReader.Of(_traced.Store, Id(place))), StringComparer.Ordinal);
        FreezeStage.Refresh(_traced.Store, Run, round: null, CancellationToken.None);
        Whole = Export("whole.zip", ExportFormat.All, round: null);
        Trl = Export("trl.zip", ExportFormat.Trl, round: 1);
        Export("round-1.zip", ExportFormat.JsonLines, round: 1);
        Export("round-2.zip", ExportFormat.JsonLines, round: 2);
        _traced.Store.Dispose();
        File.Delete(Path.Combine(_data, "seas.db"));
    }

    /// <summary>One row of each kind.</summary>
    internal static IReadOnlyList<string> Named { get; } =
        ["r1/s3", "r2/s3/p1/a2", "r1/s5/p2/a0/verdict", "r2/target/1", "r2/target/step/3", "r1/general/5", "label/1", "target-2"];

    internal RunId Run { get; }

    internal string Whole { get; }

    internal string Trl { get; }

    /// <summary>What the store said of some rows while it was there.</summary>
    internal IReadOnlyDictionary<string, string> Chains { get; }

    internal RowId Id(string place) => RowId.Parse($"{Run}/{place}");

    internal string Round(int round) => Path.Combine(_traced.Root, $"round-{round}.zip");

    /// <summary>Where a round's frozen files lie.</summary>
    internal string Folder(int round) => Directory.GetDirectories(Path.Combine(_data, "runs", Run.Value, "datasets", $"round-{round}"))
        .Order(StringComparer.Ordinal).Last();

    internal RestoredRounds Open(params string[] paths) => RestoredRounds.Open(paths, CancellationToken.None);

    /// <summary>The rows of some files, with all weights that there are.</summary>
    internal RunRows Rows(RestoredRounds files) =>
        RunRows.Open(files.Store, Id("r1/s0"), new FileParts(files, new WeightsSearch([_traced.Root])));

    /// <summary>A chain, for comparing: what only one machine knows is left out.</summary>
    internal static string Text(LineageChain chain) => string.Join('\n', chain.Links.Select(link =>
        $"{link.Kind} {link.Id} from {string.Join(", ", link.From)}\n  {string.Join("\n  ", link.Texts)}\n  "
        + string.Join("\n  ", link.Facts.Where(fact => !s_local.Contains(fact.Name)).Select(fact => $"{fact.Name}: {Value(fact.Value)}"))));

    public void Dispose() => _traced.Dispose();

    private static string Value(object value) => value is IEnumerable<string> list ? string.Join(", ", list) : $"{value}";

    private string Export(string name, ExportFormat format, int? round)
    {
        var path = Path.Combine(_traced.Root, name);
        var made = _traced.Store.Datasets.Prepare(
            new ExportRequest(Run, round, Version: null, format, ExportFilter.None), progress: null, CancellationToken.None);
        File.Copy(made.Path, path);
        return path;
    }
}
