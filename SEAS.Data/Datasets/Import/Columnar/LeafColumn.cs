using System.Globalization;
using System.Text;
using System.Text.Json;
using Parquet;
using Parquet.Data;
using Parquet.Schema;
using SEAS.Data.Datasets.Columnar;

namespace SEAS.Data.Datasets.Import.Columnar;

/// <summary>The values of one column of single values in a row group, read from its beginning to its end.</summary>
internal abstract class LeafColumn(DataField field) : IDisposable
{
    /// <summary>From which definition level on there is a value.</summary>
    public int MostDefined { get; } = field.MaxDefinitionLevel;

    /// <summary>How much of the way to the next value is there.</summary>
    public abstract int Definition { get; }

    /// <summary>Which list the next value goes on with; 0 where a row begins, or at the end.</summary>
    public abstract int Repetition { get; }

    /// <summary>Whether no value is left.</summary>
    public abstract bool IsAtEnd { get; }

    /// <summary>Reads a column.</summary>
    public static LeafColumn Read(ParquetRowGroupReader columns, DataField field)
    {
        var data = Raw(columns, field);
        return data switch
        {
            RawColumnData<ReadOnlyMemory<char>> texts => new Of<ReadOnlyMemory<char>>(
                field, texts, static (json, value) => json.WriteStringValue(value.Span)),
            RawColumnData<ReadOnlyMemory<byte>> bytes => new Of<ReadOnlyMemory<byte>>(field, bytes, WriteBytes),
            RawColumnData<bool> truths => new Of<bool>(field, truths, static (json, value) => json.WriteBooleanValue(value)),
            RawColumnData<sbyte> numbers => new Of<sbyte>(field, numbers, static (json, value) => json.WriteNumberValue(value)),
            RawColumnData<byte> numbers => new Of<byte>(field, numbers, static (json, value) => json.WriteNumberValue(value)),
            RawColumnData<short> numbers => new Of<short>(field, numbers, static (json, value) => json.WriteNumberValue(value)),
            RawColumnData<ushort> numbers => new Of<ushort>(field, numbers, static (json, value) => json.WriteNumberValue(value)),
            RawColumnData<int> numbers => new Of<int>(field, numbers, static (json, value) => json.WriteNumberValue(value)),
            RawColumnData<uint> numbers => new Of<uint>(field, numbers, static (json, value) => json.WriteNumberValue(value)),
            RawColumnData<long> numbers => new Of<long>(field, numbers, static (json, value) => json.WriteNumberValue(value)),
            RawColumnData<ulong> numbers => new Of<ulong>(field, numbers, static (json, value) => json.WriteNumberValue(value)),
            RawColumnData<float> numbers => new Of<float>(field, numbers, static (json, value) => WriteDouble(json, value)),
            RawColumnData<double> numbers => new Of<double>(field, numbers, WriteDouble),
            RawColumnData<Half> numbers => new Of<Half>(field, numbers, static (json, value) => WriteDouble(json, (double)value)),
            RawColumnData<Guid> names => new Of<Guid>(field, names, static (json, value) => json.WriteStringValue(value)),
            RawColumnData<decimal> numbers => new Of<decimal>(field, numbers, static (json, value) => json.WriteNumberValue(value)),
            RawColumnData<DateTime> instants => new Of<DateTime>(
                field, instants, static (json, value) => json.WriteStringValue(value.ToString("O", CultureInfo.InvariantCulture))),
            _ => throw new NotSupportedException($"the column {field.Name} of the type {field.ClrType.Name}"),
        };
    }

    /// <summary>Writes the next value, or null.</summary>
    public abstract void Write(Utf8JsonWriter json);

    /// <summary>Passes over an entry that has no value.</summary>
    public abstract void Skip();

    public abstract void Dispose();

    private static RawColumnData Raw(ParquetRowGroupReader columns, DataField field)
    {
        try
        {
            return Awaited.Result(() => columns.ReadRawColumnDataBaseAsync(field).AsTask());
        }
        catch (NotImplementedException error)
        {
            throw new NotSupportedException(
                $"the list {field.Path} lies in pages of the second form; write it again with data pages of version 1.0", error);
        }
    }

    private static void WriteDouble(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    // Texts of old files are not marked as such.
    private static void WriteBytes(Utf8JsonWriter json, ReadOnlyMemory<byte> value)
    {
        var isText = System.Text.Unicode.Utf8.IsValid(value.Span);
        json.WriteStringValue(isText ? Encoding.UTF8.GetString(value.Span) : Convert.ToBase64String(value.Span));
    }

    private sealed class Of<T>(DataField field, RawColumnData<T> data, Action<Utf8JsonWriter, T> write) : LeafColumn(field)
        where T : struct
    {
        private readonly int _count = field.MaxDefinitionLevel > 0 ? data.DefinitionLevels.Length
            : field.MaxRepetitionLevel > 0 ? data.RepetitionLevels.Length : data.Values.Length;

        private readonly int _most = field.MaxDefinitionLevel;
        private readonly bool _repeats = field.MaxRepetitionLevel > 0;
        private int _at;
        private int _value;

        public override bool IsAtEnd => _at >= _count;

        public override int Definition => _most == 0 ? 0 : data.DefinitionLevels[_at];

        public override int Repetition => _repeats && _at < data.RepetitionLevels.Length ? data.RepetitionLevels[_at] : 0;

        public override void Write(Utf8JsonWriter json)
        {
            if (Definition == _most)
            {
                write(json, data.Values[_value++]);
            }
            else
            {
                json.WriteNullValue();
            }

            _at++;
        }

        public override void Skip() => _at++;

        public override void Dispose() => data.Dispose();
    }
}
