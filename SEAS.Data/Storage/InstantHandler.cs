using System.Data;
using System.Globalization;
using Dapper;

namespace SEAS.Data.Storage;

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
