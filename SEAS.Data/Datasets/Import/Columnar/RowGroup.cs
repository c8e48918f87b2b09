using System.Buffers;
using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace SEAS.Data.Datasets.Import.Columnar;

/// <summary>The columns of one row group, put together row by row.</summary>
internal sealed class RowGroup : IDisposable
{
    // What a row group may take, so that a file of one huge group does not fill the memory.
    private const long MostBytes = 1L << 30;

    // A value of a text with its levels, beside the bytes of the text.
    private const int BytesOfValue = 24;

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

    /// <summary>Reads the columns.</summary>
    /// <exception cref="InvalidDataException">They are not what the file's description says, or take too much memory.</exception>
    public static RowGroup Read(ParquetBytes file, ParquetSchema schema, ParquetRowGroupReader columns)
    {
        Check(file, schema, columns);
        var leaves = new Dictionary<string, LeafColumn>(StringComparer.Ordinal);
        try
        {
            foreach (var field in schema.DataFields)
            {
                leaves.Add(field.Path.ToString(), LeafColumn.Read(columns, field));
            }

            return new RowGroup(schema, leaves, columns.RowCount);
        }
        catch
        {
            leaves.Values.ToList().ForEach(leaf => leaf.Dispose());
            throw;
        }
    }

    private static void Check(ParquetBytes file, ParquetSchema schema, ParquetRowGroupReader columns)
    {
        var values = new Dictionary<FieldPath, long>();
        var bytes = 0L;
        foreach (var column in columns.RowGroup.Columns.Select(chunk => chunk.MetaData
            ?? throw new InvalidDataException("a row group does not say where its columns lie")))
        {
            values.Add(new FieldPath(column.PathInSchema), column.NumValues);
            bytes += PageCheck.Unpacked(file, column) + (column.NumValues * BytesOfValue);
        }

        if (bytes > MostBytes)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"a row group takes {bytes} bytes of memory, where at most {MostBytes} are given; make row groups smaller"));
        }

        foreach (var field in schema.DataFields)
        {
            if (!values.TryGetValue(field.Path, out var found))
            {
                throw new InvalidDataException($"a row group has no column {field.Path}");
            }

            if (columns.RowCount < 0 || (field.MaxRepetitionLevel == 0 && found != columns.RowCount))
            {
                throw new InvalidDataException(FormattableString.Invariant(
                    $"a row group claims {columns.RowCount} rows, but its column {field.Path} has {found} values"));
            }
        }
    }

    /// <summary>Refuses a group whose columns have more than its rows.</summary>
    /// <exception cref="InvalidDataException">They do.</exception>
    public bool End() => _leaves.Values.All(leaf => leaf.IsAtEnd)
        ? true
        : throw new InvalidDataException(FormattableString.Invariant($"a list has more values than the {Count} rows of its row group"));

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
