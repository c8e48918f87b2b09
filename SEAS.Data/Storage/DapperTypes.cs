using System.Data;
using System.Globalization;
using Dapper;
using SEAS.Data.Contracts;

namespace SEAS.Data.Storage;

/// <summary>Teaches Dapper this project's types, once per process.</summary>
/// <remarks>Enums need nothing: repositories write them by name, and Dapper reads names.</remarks>
internal static class DapperTypes
{
    private static readonly Lazy<bool> s_registered = new(Register);

    /// <summary>Makes sure that the types are known; cheap after the first call.</summary>
    public static void Ensure() => _ = s_registered.Value;

    private static bool Register()
    {
        // Dapper's built-in mapping of DateTimeOffset would win over the handler.
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
        SqlMapper.AddTypeHandler(new InstantHandler());
        SqlMapper.AddTypeHandler(new RunIdHandler());
        var others = SqlMapper.TypeMapProvider;
        SqlMapper.TypeMapProvider = type => IsRecord(type) ? new RecordMap(type) : others(type);

        return true;
    }

    // Every positional record of this assembly: one that is added needs no entry in a list.
    private static bool IsRecord(Type type) => type.Assembly == typeof(DapperTypes).Assembly && type is { IsClass: true, IsAbstract: false }
        && type.GetMethod("<Clone>$") is not null;
}

/// <summary>Stores instants as ISO 8601 text in UTC with seven decimals: exact, sortable as text, readable by a person.</summary>
internal sealed class InstantHandler : SqlMapper.TypeHandler<DateTimeOffset>
{
    public override void SetValue(IDbDataParameter parameter, DateTimeOffset value)
    {
        parameter.DbType = DbType.String;
        parameter.Value = value.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
    }

    public override DateTimeOffset Parse(object value) =>
        DateTimeOffset.ParseExact((string)value, "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}

/// <summary>Stores a run's id as its bare name.</summary>
internal sealed class RunIdHandler : SqlMapper.TypeHandler<RunId>
{
    public override void SetValue(IDbDataParameter parameter, RunId value)
    {
        parameter.DbType = DbType.String;
        parameter.Value = value.Value;
    }

    public override RunId Parse(object value) => new((string)value);
}
