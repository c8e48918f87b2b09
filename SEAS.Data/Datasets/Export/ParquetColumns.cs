using System.Text.Json;
using Parquet;
using Parquet.Schema;
using SEAS.Data.Datasets.Columnar;
using SEAS.Data.Datasets.Frozen;
using SEAS.Data.Review.Files;

namespace SEAS.Data.Datasets.Export;

/// <summary>The types of the frozen files' columns in a Parquet file. They do not depend on the rows: a column of nulls keeps its type.</summary>
internal static class ParquetColumns
{
    // Columns of numbers that are counts or places; the others are measured.
    private static readonly string[] s_whole =
    [
        "round", "tokens", "step", "row", "index", "item", "wanted", "guideline_version", LabelColumns.Seed, LabelColumns.PromptIndex,
        LabelColumns.AnswerIndex,
    ];

    // In files of labels the same writer may say anything of any column; these are no texts.
    private static readonly string[] s_measured = [LabelColumns.Score, LabelColumns.Seconds];
    private static readonly string[] s_truths = [LabelColumns.Invalid];

    /// <summary>Empty columns for a file.</summary>
    public static IReadOnlyList<ParquetColumn> Of(string file) => [.. FrozenColumns.Of(file)!.Select(Column)];

    /// <summary>The names of the columns with the types as the Hugging Face hub names them.</summary>
    public static IEnumerable<(string Name, string Type)> Features(string file) => Of(file).Select(column => (column.Field.Name, column.Type));

    private static ParquetColumn Column((string Name, ColumnKinds Kinds) column)
    {
        var (name, kinds) = column;
        var isMixed = kinds.HasFlag(ColumnKinds.Text | ColumnKinds.Number);
        return (isMixed ? s_truths.Contains(name, StringComparer.Ordinal) : kinds.HasFlag(ColumnKinds.Truth))
                ? new TypedColumn<bool>(name, "bool", static value => value.GetBoolean())
            : (isMixed || kinds.HasFlag(ColumnKinds.Number)) && s_whole.Contains(name, StringComparer.Ordinal)
                ? new TypedColumn<long>(name, "int64", static value => value.GetInt64())
            : isMixed ? (s_measured.Contains(name, StringComparer.Ordinal) ? Measured(name) : new TextColumn(name))
            : kinds.HasFlag(ColumnKinds.Number) ? Measured(name)
            : new TextColumn(name);

        static ParquetColumn Measured(string name) => new TypedColumn<double>(name, "float64", static value => value.GetDouble());
    }
}

/// <summary>The values of one column that are not yet written.</summary>
internal abstract class ParquetColumn(DataField field, string type)
{
    public DataField Field { get; } = field;

    /// <summary>The type as the Hugging Face hub names it.</summary>
    public string Type { get; } = type;

    /// <summary>Adds the value of a row.</summary>
    public abstract void Add(JsonElement value);

    /// <summary>Writes what was added, and forgets it.</summary>
    public abstract void Write(ParquetRowGroupWriter rows);
}

/// <summary>Texts; what is nested is written as JSON, as in tables.</summary>
internal sealed class TextColumn(string name) : ParquetColumn(new DataField(name, typeof(string), isNullable: true), "string")
{
    private readonly List<string?> _values = [];

    public override void Add(JsonElement value) => _values.Add(value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    });

    public override void Write(ParquetRowGroupWriter rows)
    {
        Awaited.Done(() => rows.WriteAsync(Field, _values!));
        _values.Clear();
    }
}

/// <summary>Numbers or truths.</summary>
internal sealed class TypedColumn<T>(string name, string type, Func<JsonElement, T> read)
    : ParquetColumn(new DataField(name, typeof(T), isNullable: true), type)
    where T : struct
{
    private readonly List<T?> _values = [];

    public override void Add(JsonElement value) => _values.Add(value.ValueKind == JsonValueKind.Null ? null : read(value));

    public override void Write(ParquetRowGroupWriter rows)
    {
        Awaited.Done(() => rows.WriteAsync<T>(Field, new ReadOnlyMemory<T?>([.. _values])));
        _values.Clear();
    }
}
