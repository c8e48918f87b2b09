namespace SEAS.Data.Datasets.Import.Columnar;

/// <summary>The members of a structure that are of use, by number, and their types.</summary>
internal sealed class ThriftShape
{
    private readonly Dictionary<int, (ThriftType Type, ThriftType Element, ThriftShape? Of)> _members = [];

    /// <summary>What is known of a member; null for one that is left out.</summary>
    public (ThriftType Type, ThriftType Element, ThriftShape? Of)? Member(int number) =>
        _members.TryGetValue(number, out var member) ? member : null;

    /// <summary>Adds members of one type without parts.</summary>
    public ThriftShape With(ThriftType type, params ReadOnlySpan<int> numbers)
    {
        foreach (var number in numbers)
        {
            _members.Add(number, (type, default, null));
        }

        return this;
    }

    /// <summary>Adds structures of one shape.</summary>
    public ThriftShape With(ThriftShape of, params ReadOnlySpan<int> numbers)
    {
        foreach (var number in numbers)
        {
            _members.Add(number, (ThriftType.Struct, default, of));
        }

        return this;
    }

    /// <summary>Adds a list of structures, or of values without parts.</summary>
    public ThriftShape WithList(int number, ThriftShape of) => WithList(number, ThriftType.Struct, of);

    /// <inheritdoc cref="WithList(int, ThriftShape)"/>
    public ThriftShape WithList(int number, ThriftType element, ThriftShape? of = null)
    {
        _members.Add(number, (ThriftType.List, element, of));
        return this;
    }
}

/// <summary>The structures of a Parquet file that its rows are read by.</summary>
/// <remarks>https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift</remarks>
internal static class ParquetShapes
{
    /// <summary>A column, or a group of them.</summary>
    public static ThriftShape SchemaElement { get; } = new ThriftShape()
        .With(ThriftType.I32, 1, 2, 3, Children, 6, 7, 8, 9).With(ThriftType.Binary, 4).With(LogicalType(), 10);

    /// <summary>The member of <see cref="SchemaElement"/> that counts its children.</summary>
    public const int Children = 5;

    /// <summary>The footer.</summary>
    public static ThriftShape FileMetaData { get; } = new ThriftShape()
        .With(ThriftType.I32, 1).WithList(2, SchemaElement).With(ThriftType.I64, 3).WithList(4, RowGroup()).With(new ThriftShape(), 8);

    /// <summary>What stands before a page, and its parts.</summary>
    public static ThriftShape DataPage { get; } = new ThriftShape().With(ThriftType.I32, 1, 2, 3, 4).With(Statistics(), 5);

    /// <inheritdoc cref="DataPage"/>
    public static ThriftShape Dictionary { get; } = new ThriftShape().With(ThriftType.I32, 1, 2).With(ThriftType.True, 3);

    /// <inheritdoc cref="DataPage"/>
    public static ThriftShape DataPage2 { get; } = new ThriftShape()
        .With(ThriftType.I32, 1, 2, 3, 4, 5, 6).With(ThriftType.True, 7).With(Statistics(), 8);

    /// <inheritdoc cref="DataPage"/>
    public static ThriftShape Page { get; } = new ThriftShape()
        .With(ThriftType.I32, 1, 2, 3, 4).With(DataPage, 5).With(new ThriftShape(), 6).With(Dictionary, 7).With(DataPage2, 8);

    private static ThriftShape Statistics() => new ThriftShape()
        .With(ThriftType.Binary, 1, 2, 5, 6).With(ThriftType.I64, 3, 4).With(ThriftType.True, 7, 8);

    private static ThriftShape LogicalType()
    {
        var nothing = new ThriftShape();
        var instant = new ThriftShape().With(ThriftType.True, 1).With(new ThriftShape().With(nothing, 1, 2, 3), 2);
        return new ThriftShape()
            .With(nothing, 1, 2, 3, 4, 6, 11, 12, 13, 14, 15)
            .With(new ThriftShape().With(ThriftType.I32, 1, 2), 5)
            .With(instant, 7, 8)
            .With(new ThriftShape().With(ThriftType.Byte, 1).With(ThriftType.True, 2), 10);
    }

    // Without statistics and what else readers may pass over. A column of another file, or an encrypted one, is seen by its members 1 and 8.
    private static ThriftShape RowGroup()
    {
        var column = new ThriftShape()
            .With(ThriftType.I32, 1, 4).WithList(2, ThriftType.I32).WithList(3, ThriftType.Binary).With(ThriftType.I64, 5, 6, 7, 9, 10, 11);
        var chunk = new ThriftShape().With(ThriftType.Binary, 1, 9).With(ThriftType.I64, 2).With(column, 3).With(new ThriftShape(), 8);
        return new ThriftShape().WithList(1, chunk).With(ThriftType.I64, 2, 3);
    }
}
