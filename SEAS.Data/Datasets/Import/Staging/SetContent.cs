using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;

namespace SEAS.Data.Datasets.Import.Staging;

/// <summary>Names what the rows of a set say.</summary>
internal static class SetContent
{
    private const string RowsSql = "SELECT hash, type FROM rows INDEXED BY rows_by_hash ORDER BY hash, type;";

    /// <summary>SHA-256 of the rows' hashes with their types, sorted, and of the shares of the split; in lower-case hexadecimal.</summary>
    public static string Of(SqliteConnection connection)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var types = connection.Query<(long Id, string Type)>("SELECT id, type FROM types;")
            .ToDictionary(type => type.Id, type => Encoding.UTF8.GetBytes(type.Type + "\0"));
        hash.AppendData(Encoding.UTF8.GetBytes(
            connection.QuerySingle<string>("SELECT train || '/' || validation || '/' || test FROM shares;")));
        using var rows = connection.ExecuteReader(RowsSql);
        while (rows.Read())
        {
            hash.AppendData((byte[])rows.GetValue(0));
            hash.AppendData(types[rows.GetInt64(1)]);
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
