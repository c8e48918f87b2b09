using System.Reflection;
using Dapper;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Storage;
using SEAS.Web.Live;

namespace SEAS.Tests.Storage;

public sealed class MappingTests : IDisposable
{
    private readonly StoreFolder _at = new();

    public void Dispose() => _at.Dispose();

    [Theory]
    [InlineData("2026-03-04T05:06:07.1234567+02:00", "2026-03-04T03:06:07.1234567Z")]
    [InlineData("0001-01-01T00:00:00.0000000Z", "0001-01-01T00:00:00.0000000Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999Z")]
    public void Instants_are_text_in_utc_to_the_last_tick(string given, string stored)
    {
        var instant = DateTimeOffset.Parse(given, System.Globalization.CultureInfo.InvariantCulture);
        using var connections = new SqliteConnections(_at.Database);

        var (text, back) = connections.Write((connection, _) => (
            connection.ExecuteScalar<string>("SELECT @At;", new { At = instant }),
            connection.QuerySingle<DateTimeOffset>("SELECT @At;", new { At = (DateTimeOffset?)instant })));

        Assert.Equal(stored, text);
        Assert.Equal(instant, back);
        Assert.Equal(TimeSpan.Zero, back.Offset);
    }

    [Theory]
    [InlineData("SELECT 1 AS Round, 'Red' AS Role")]
    [InlineData("SELECT 'Red' AS Role, 1 AS Round, 2 AS Count")]
    [InlineData("SELECT 1 AS Round, 'Red' AS Role, 2 AS Number")]
    public void A_query_that_does_not_select_the_record_is_refused_by_its_columns(string sql)
    {
        using var connections = new SqliteConnections(_at.Database);

        var refused = Assert.Throws<InvalidOperationException>(
            () => connections.Read(connection => connection.Query<PairCount>(sql).AsList()));

        Assert.StartsWith("A query for PairCount should select Round, Role, Count but selects ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_of_the_database_library_shows_in_the_public_surface()
    {
        const BindingFlags OwnPublic = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var types = typeof(Store).Assembly.GetExportedTypes();
        var named = types
            .SelectMany(type => type.GetMembers(OwnPublic))
            .SelectMany(Types)
            .Select(type => type.Namespace ?? "")
            .ToList();

        Assert.True(types.Length >= 25 && named.Count >= 200, "The rule looked at too little to prove anything.");
        Assert.DoesNotContain(named, name => name.StartsWith("Microsoft.Data", StringComparison.Ordinal));
        Assert.DoesNotContain(named, name => name.StartsWith("Dapper", StringComparison.Ordinal));
    }

    private static IEnumerable<Type> Types(MemberInfo member) => member switch
    {
        MethodBase method => method.GetParameters().Select(parameter => parameter.ParameterType)
            .Append(method is MethodInfo info ? info.ReturnType : typeof(void))
            .SelectMany(type => type.GetGenericArguments().Append(type)),
        PropertyInfo property => [property.PropertyType],
        FieldInfo field => [field.FieldType],
        _ => [],
    };
}
