using Dapper;
using Microsoft.Data.Sqlite;

namespace SEAS.Data.Import;

/// <summary>Joins the groups of a staged set whose texts are near-duplicates.</summary>
internal static class NearGroups
{
    private const string RowsSql = "SELECT number AS Number, grp AS Grp, prompt AS Prompt FROM rows ORDER BY number;";
    private const string MoveSql = "UPDATE rows SET grp = @Grp WHERE number = @Number;";

    /// <summary>Texts of one template stay together, and so do those that the function gives one name.</summary>
    public static void Join(SqliteConnection connection, Func<IReadOnlyList<string>, IReadOnlyList<string>> group)
    {
        var rows = connection.Query<(long Number, long Grp, string Prompt)>(RowsSql).AsList();
        var names = group([.. rows.Select(row => row.Prompt)]);
        var joined = new Dictionary<long, long>();   // group → the group that it was joined to
        var byName = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var at = 0; at < rows.Count; at++)
        {
            if (!byName.TryAdd(names[at], rows[at].Grp))
            {
                var (one, other) = (First(byName[names[at]]), First(rows[at].Grp));
                if (one != other)
                {
                    // The smaller number leads: neither the order nor the number of the rows changes a group.
                    joined[Math.Max(one, other)] = Math.Min(one, other);
                }
            }
        }

        using var transaction = connection.BeginTransaction();
        connection.Execute(
            MoveSql,
            rows.Where(row => First(row.Grp) != row.Grp).Select(row => new { Grp = First(row.Grp), row.Number }),
            transaction);
        transaction.Commit();

        long First(long start)
        {
            while (joined.TryGetValue(start, out var next))
            {
                start = next;
            }

            return start;
        }
    }
}
