using System.Text.Json;
using Parquet;
using SEAS.Data.Datasets.Columnar;
using SEAS.Data.Datasets.Import.Records;
using SEAS.Data.Datasets.Import.Sources;
using SEAS.Data.Text;

namespace SEAS.Data.Datasets.Import.Columnar;

/// <summary>The rows of Parquet files as JSON objects, one row group after another: no more than one is held.</summary>
/// <remarks>Lists, structures and maps become JSON's lists and objects, so that the same formats are told as in JSON lines.</remarks>
internal sealed class ParquetRows(IReadOnlyList<ParquetShard> shards, Action<long>? progress = null)
{
    /// <summary>What such files begin and end with.</summary>
    public static ReadOnlySpan<byte> Magic => "PAR1"u8;

    /// <summary>What they begin and end with where they are encrypted.</summary>
    public static ReadOnlySpan<byte> EncryptedMagic => "PARE"u8;

    /// <summary>The rows as records, numbered from 1 through all files.</summary>
    /// <exception cref="SourceFault">A file is damaged, or has columns of another kind than the first.</exception>
    public IEnumerable<FoundRecord> Read() => Objects().Select((row, at) => JsonText.Record(at + 1, row));

    /// <summary>The rows as JSON objects.</summary>
    /// <exception cref="SourceFault">A file is damaged, or has columns of another kind than the first.</exception>
    public IEnumerable<JsonElement> Objects()
    {
        var names = (string[]?)null;
        foreach (var shard in shards)
        {
            using var file = ParquetFooter.Checked(shard.Open(), shard.Name);
            var reader = Explained(shard, () => Awaited.Result(() => ParquetReader.CreateAsync(file)));
            try
            {
                RequireReadable(reader, shard);
                var schema = Explained(shard, () => reader.Schema);
                var found = schema.Fields.Select(field => field.Name).ToArray();
                names ??= found;
                if (!names.SequenceEqual(found, StringComparer.Ordinal))
                {
                    throw new SourceFault(
                        $"the columns of the first file: {string.Join(", ", names)}",
                        $"{string.Join(", ", found)} in {shard.Name}",
                        "Import files of one kind, or a folder that holds these alone.");
                }

                for (var group = 0; group < reader.RowGroupCount; group++)
                {
                    using var rows = Explained(shard, () => RowGroup.Read(file, schema, reader.OpenRowGroupReader(group)));
                    for (var at = 0L; at < rows.Count; at++)
                    {
                        yield return Explained(shard, rows.Next);
                    }

                    Explained(shard, rows.End);
                    progress?.Invoke(file.Position);
                }
            }
            finally
            {
                Awaited.Done(() => reader.DisposeAsync().AsTask());
            }
        }
    }

    private static void RequireReadable(ParquetReader reader, ParquetShard shard)
    {
        var chunks = reader.Metadata!.RowGroups.SelectMany(group => group.Columns).ToList();
        if (reader.Metadata.EncryptionAlgorithm is not null || chunks.Exists(chunk => chunk.CryptoMetadata is not null))
        {
            throw ParquetFooter.Encrypted(shard.Name);
        }

        if (chunks.Find(chunk => !string.IsNullOrEmpty(chunk.FilePath)) is { } elsewhere)
        {
            throw new SourceFault(
                "a Parquet file that holds its rows itself", $"{shard.Name}, whose rows lie in {Shown.Shortly(elsewhere.FilePath!)}",
                "Import the folder of those files.");
        }
    }

    // What the library throws on damaged files is many things; all of them mean that the file cannot be read.
    private static T Explained<T>(ParquetShard shard, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is not (SourceFault or OperationCanceledException))
        {
            throw ParquetFooter.Damaged(shard.Name, error.Message.ReplaceLineEndings(" ").TrimEnd('.'), error);
        }
    }
}

/// <summary>One Parquet file.</summary>
/// <param name="Name">Its name, for messages.</param>
/// <param name="Open">Opens it; it must be able to seek.</param>
internal sealed record ParquetShard(string Name, Func<Stream> Open);
