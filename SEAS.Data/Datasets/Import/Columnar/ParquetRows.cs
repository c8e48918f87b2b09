using System.Buffers;
using System.Text.Json;
using Parquet;
using Parquet.Schema;
using SEAS.Data.Datasets.Columnar;
using SEAS.Data.Datasets.Import.Records;
using SEAS.Data.Datasets.Import.Sources;

namespace SEAS.Data.Datasets.Import.Columnar;

/// <summary>The rows of Parquet files as JSON objects, one row group after another: no more than one is held.</summary>
/// <remarks>Lists, structures and maps become JSON's lists and objects, so that the same formats are told as in JSON lines.</remarks>
internal sealed class ParquetRows(IReadOnlyList<ParquetShard> shards, Action<long>? progress = null)
{
    /// <summary>What such files begin and end with.</summary>
    public static ReadOnlySpan<byte> Magic => "PAR1"u8;

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
            using var file = shard.Open();
            var reader = Explained(shard, () => Awaited.Result(() => ParquetReader.CreateAsync(file)));
            try
            {
                var found = reader.Schema.Fields.Select(field => field.Name).ToArray();
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
                    using var rows = Explained(shard, () => RowGroup.Read(reader, group));
                    for (var at = 0L; at < rows.Count; at++)
                    {
                        yield return Explained(shard, rows.Next);
                    }

                    progress?.Invoke(file.Position);
                }
            }
            finally
            {
                Awaited.Done(() => reader.DisposeAsync().AsTask());
            }
        }
    }

    // What the library throws on damaged files is many things; all of them mean that the file cannot be read.
    private static T Explained<T>(ParquetShard shard, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is not (SourceFault or OutOfMemoryException or OperationCanceledException))
        {
            throw new SourceFault(
                "a whole Parquet file", $"{shard.Name}, of which this cannot be read: {error.Message.TrimEnd('.')}", "Get the file again.", error);
        }
    }
}

/// <summary>One Parquet file.</summary>
/// <param name="Name">Its name, for messages.</param>
/// <param name="Open">Opens it; it must be able to seek.</param>
internal sealed record ParquetShard(string Name, Func<Stream> Open);

/// <summary>The columns of one row group, put together row by row.</summary>
internal sealed class RowGroup : IDisposable
{
    private readonly ParquetSchema _schema;
    private readonly Dictionary<string, LeafColumn> _leaves;
    private readonly ArrayBufferWriter<byte> _bytes = new(1 << 12);
    private readonly Utf8JsonWriter _json;

    private RowGroup(ParquetSchema schema, Dictionary<string, LeafColumn> leaves, long count)
    {
        (_schema, _leaves, Count) = (schema, leaves, count);
        _json = new Utf8JsonWriter(_bytes, new JsonWriterOptions { SkipValidation = true });
    }

    /// <summary>How many rows it has.</summary>
    public long Count { get; }

    public static RowGroup Read(ParquetReader reader, int group)
    {
        using var columns = reader.OpenRowGroupReader(group);
        var leaves = reader.Schema.DataFields.ToDictionary(
            field => field.Path.ToString(), field => LeafColumn.Read(columns, field), StringComparer.Ordinal);
        return new RowGroup(reader.Schema, leaves, columns.RowCount);
    }

    /// <summary>The next row.</summary>
    public JsonElement Next()
    {
        _bytes.ResetWrittenCount();
        _json.Reset(_bytes);
        _json.WriteStartObject();
        foreach (var field in _schema.Fields)
        {
            _json.WritePropertyName(field.Name);
            Write(field);
        }

        _json.WriteEndObject();
        _json.Flush();
        return JsonElement.Parse(_bytes.WrittenSpan);
    }

    public void Dispose()
    {
        _json.Dispose();
        foreach (var leaf in _leaves.Values)
        {
            leaf.Dispose();
        }
    }

    // Dremel's record assembly: definition levels say how much of the way down is there, repetition levels where lists go on.
    private void Write(Field field)
    {
        switch (field)
        {
            case DataField { IsArray: true } data:
                WriteArray(_leaves[data.Path.ToString()]);
                break;
            case DataField data:
                _leaves[data.Path.ToString()].Write(_json);
                break;
            case StructField structure:
                WriteStruct(structure);
                break;
            case ListField list:
                WriteRepeated(list, list.IsNullable, () => Write(list.Item));
                break;
            case MapField map:
                WriteRepeated(map, map.IsNullable, () =>
                {
                    _json.WriteStartObject();
                    _json.WritePropertyName("key");
                    Write(map.Key);
                    _json.WritePropertyName("value");
                    Write(map.Value);
                    _json.WriteEndObject();
                });
                break;
            default:
                throw new NotSupportedException($"a column of the kind {field.SchemaType}");
        }
    }

    private void WriteStruct(StructField structure)
    {
        if (structure.IsNullable && First(structure).Definition < structure.MaxDefinitionLevel)
        {
            Skip(structure);
            _json.WriteNullValue();
            return;
        }

        _json.WriteStartObject();
        foreach (var member in structure.Fields)
        {
            _json.WritePropertyName(member.Name);
            Write(member);
        }

        _json.WriteEndObject();
    }

    private void WriteRepeated(Field list, bool isNullable, Action writeItem)
    {
        var first = First(list);
        if (first.Definition < list.MaxDefinitionLevel)
        {
            if (isNullable && first.Definition < list.MaxDefinitionLevel - 1)
            {
                _json.WriteNullValue();
            }
            else
            {
                _json.WriteStartArray();
                _json.WriteEndArray();
            }

            Skip(list);
            return;
        }

        _json.WriteStartArray();
        do
        {
            writeItem();
        }
        while (first.Repetition >= list.MaxRepetitionLevel);

        _json.WriteEndArray();
    }

    private void WriteArray(LeafColumn leaf)
    {
        _json.WriteStartArray();
        if (leaf.Definition < leaf.MostDefined)
        {
            leaf.Skip();
        }
        else
        {
            do
            {
                leaf.Write(_json);
            }
            while (leaf.Repetition > 0);
        }

        _json.WriteEndArray();
    }

    private LeafColumn First(Field field) => field is DataField data ? _leaves[data.Path.ToString()] : First(Children(field)[0]);

    private void Skip(Field field)
    {
        if (field is DataField data)
        {
            _leaves[data.Path.ToString()].Skip();
            return;
        }

        foreach (var child in Children(field))
        {
            Skip(child);
        }
    }

    private static IReadOnlyList<Field> Children(Field field) => field switch
    {
        StructField structure => structure.Fields,
        ListField list => [list.Item],
        MapField map => [map.Key, map.Value],
        _ => throw new NotSupportedException($"a column of the kind {field.SchemaType}"),
    };
}
