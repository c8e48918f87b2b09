using Microsoft.Data.Sqlite;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Data.Datasets.Export;
using SEAS.Data.Datasets.Frozen;
using SEAS.Data.Review.Files;
using SEAS.Tests.Storage;
using SEAS.Training.Review;
using SEAS.Training.Runs.Context;
using SEAS.Web.Live;

namespace SEAS.Tests.Pins;

/// <summary>Names that stored files and other programs rely on: scripts, tables, columns, files, formats, the hub.</summary>
public sealed class SchemaPinTests
{
    [Fact]
    public void Scripts_their_resources_and_the_tables_they_make_stay()
    {
        using var at = new StoreFolder();
        var applied = at.Store.Folder;
        at.Close();
        using var connection = new SqliteConnection($"Data Source={Path.Combine(applied, "seas.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        new PinnedText()
            .Add("resources", typeof(RunId).Assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
            .Add("versions", DatabaseText.Query(connection, "SELECT version, name FROM schema_versions ORDER BY version"))
            .Add("program", DatabaseText.Query(connection, "PRAGMA application_id; "))
            .Add("schema", DatabaseText.Query(connection, "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"))
            .AssertIs("schema.golden.txt");
    }

    [Fact]
    public void Frozen_files_their_columns_and_the_formats_stay()
    {
        var pinned = new PinnedText()
            .Add("frozen files of every round", FrozenFiles.OfEveryRound)
            .Add("all frozen files", FrozenFiles.All)
            .Add("others", [FrozenFiles.Manifest, FrozenFiles.Diff])
            .Add("columns of labels", LabelColumns.All)
            .Add("schema of manifests", $"{DatasetManifest.NewestSchema}")
            .Add("ids", LineageScheme.Of(new RunId("embedded-1"), hasSets: true).Select(row => $"{row.Key}: {row.Value}"))
            .Add("place of a version", new VersionPlace("data", new RunId("embedded-1"), round: 2, version: 3).Relative);
        foreach (var file in FrozenFiles.All)
        {
            pinned.Add(file, FrozenColumns.Of(file)!.Select(column => $"{column.Name}: {column.Kinds}"));
        }

        foreach (var format in ExportFormats.Offered)
        {
            pinned.Add($"format {ExportFormats.Name(format)}", $"{format}: {ExportFormats.Words(format)}");
        }

        pinned.AssertIs("files.golden.txt");
    }

    [Fact]
    public void Names_that_are_stored_or_sent_stay()
    {
        var kinds = typeof(EventKinds).GetFields().Select(field => $"{field.Name}: {field.GetRawConstantValue()}");
        var watch = typeof(TrainingHub).GetMethods().Where(method => method.DeclaringType == typeof(TrainingHub))
            .Select(method => $"{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => parameter.Name))})");
        new PinnedText()
            .Add("events", kinds)
            .Add("hub", [TrainingHub.Path, .. watch])
            .Add("stages", Enum.GetNames<RunStage>())
            .Add("roles", Enum.GetNames<ModelRole>())
            .Add("states", Enum.GetNames<RunStatus>())
            .Add("purposes", Enum.GetNames<DatasetPurpose>())
            .Add("splits", Enum.GetNames<DatasetSplit>())
            .AssertIs("names.golden.txt");
    }
}
