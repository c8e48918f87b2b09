using System.Reflection;
using Dapper;

namespace SEAS.Data.Storage;

/// <summary>Lets Dapper build a positional record through its one constructor.</summary>
/// <remarks>
/// Left alone, Dapper takes a constructor only if its types are the provider's, and SQLite knows no <see cref="int"/>. Here the names
/// decide: a query selects the record's parameters, all of them and in their order, or it is refused. Not for structs: those Dapper
/// fills without asking for a constructor.
/// </remarks>
internal sealed class RecordMap(Type record) : SqlMapper.ITypeMap
{
    private readonly ConstructorInfo _constructor =
        record.GetConstructors().OrderByDescending(constructor => constructor.GetParameters().Length).First();

    public ConstructorInfo FindConstructor(string[] names, Type[] types)
    {
        var expected = _constructor.GetParameters().Select(parameter => parameter.Name!).ToArray();
        return names.SequenceEqual(expected, StringComparer.Ordinal)
            ? _constructor
            : throw new InvalidOperationException(
                $"A query for {record.Name} should select {string.Join(", ", expected)} but selects {string.Join(", ", names)}. " +
                "Alias the columns to the record's parameters, in their order.");
    }

    public ConstructorInfo? FindExplicitConstructor() => null;

    public SqlMapper.IMemberMap GetConstructorParameter(ConstructorInfo constructor, string columnName) =>
        new ParameterMap(columnName, constructor.GetParameters().Single(parameter => parameter.Name == columnName));

    public SqlMapper.IMemberMap? GetMember(string columnName) => null;

    private sealed record ParameterMap(string ColumnName, ParameterInfo Parameter) : SqlMapper.IMemberMap
    {
        public Type MemberType => Parameter.ParameterType;

        public PropertyInfo? Property => null;

        public FieldInfo? Field => null;
    }
}
