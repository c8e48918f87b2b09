using System.Data;
using Dapper;
using SEAS.Data.Contracts;

namespace SEAS.Data.Storage;

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
