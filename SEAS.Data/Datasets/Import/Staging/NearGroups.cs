using Dapper;
using Microsoft.Data.Sqlite;

namespace SEAS.Data.Datasets.Import.Staging;

/// <summary>Joins the groups of a staged set whose texts are near-duplicates; texts of one template stay together.</summary>
internal sealed class NearGroups
{
    private const string RowsSql = "SELECT number AS Number, grp AS Grp, prompt AS Prompt FROM rows ORDER BY number;";

    // By what the rows say, and not by their places in the file: the same rows in another order make the same groups.
    private const string ByHashSql =
        "SELECT number AS Number, grp AS Grp, prompt AS Prompt FROM rows INDEXED BY rows_by_hash ORDER BY hash;";

    private const string LastSql = "SELECT coalesce(max(number), 0) AS Last, count(*) AS Count FROM rows;";
    private const string PromptSql = "SELECT prompt FROM rows WHERE number = @Number;";
    private const string MoveSql = "UPDATE rows SET grp = @Grp WHERE number = @Number;";
    private const int RowsBetweenReports = 2000;

    private readonly Dictionary<long, long> _joined = [];   // group → the group that it was joined to

    /// <summary>Texts stay together that the function gives one name.</summary>
    public static void Join(SqliteConnection connection, Func<IReadOnlyList<string>, IReadOnlyList<string>> group)
    {
        var groups = new NearGroups();
        var rows = connection.Query<(long Number, long Grp, string Prompt)>(RowsSql).AsList();
        var names = group([.. rows.Select(row => row.Prompt)]);
        var byName = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var at = 0; at < rows.Count; at++)
        {
            if (!byName.TryAdd(names[at], rows[at].Grp))
            {
                groups.Join(byName[names[at]], rows[at].Grp);
            }
        }

        groups.Move(connection, rows.Select(row => (row.Number, row.Grp)));
    }

    /// <summary>Texts stay together that the function finds near each other. Of the rows only their groups are held.</summary>
    public static void Join(SqliteConnection connection, StreamedGrouping group, Action report)
    {
        var groups = new NearGroups();
        var (last, count) = connection.QuerySingle<(long Last, long Count)>(LastSql);
        var grp = new long[last + 1];
        using var prompt = connection.CreateCommand();
        prompt.CommandText = PromptSql;
        var asked = prompt.Parameters.Add("@Number", SqliteType.Integer);
        foreach (var (text, leader) in group(count, Texts(), Prompt))
        {
            groups.Join(grp[text], grp[leader]);
        }

        groups.Move(connection, grp.Select((group, number) => ((long)number, group)));

        IEnumerable<(long Number, string Text)> Texts()
        {
            var read = 0;
            foreach (var row in connection.Query<(long Number, long Grp, string Prompt)>(ByHashSql, buffered: false))
            {
                if (read++ % RowsBetweenReports == 0)
                {
                    report();
                }

                grp[row.Number] = row.Grp;
                yield return (row.Number, row.Prompt);
            }
        }

        string Prompt(long number)
        {
            asked.Value = number;
            return (string)prompt.ExecuteScalar()!;
        }
    }

    private void Join(long one, long other)
    {
        (one, other) = (First(one), First(other));
        if (one != other)
        {
            // The smaller number leads: neither the order nor the number of the rows changes a group.
            _joined[Math.Max(one, other)] = Math.Min(one, other);
        }
    }

    private void Move(SqliteConnection connection, IEnumerable<(long Number, long Grp)> rows)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute(
            MoveSql,
            rows.Where(row => First(row.Grp) != row.Grp).Select(row => new { Grp = First(row.Grp), row.Number }),
            transaction);
        transaction.Commit();
    }

    private long First(long start)
    {
        while (_joined.TryGetValue(start, out var next))
        {
            start = next;
        }

        return start;
    }
}
