using Dapper;
using Microsoft.Data.Sqlite;

namespace SEAS.Data.Datasets.Import.Staging;

/// <summary>Compares the rows of a staged set with each other and with other sets, and splits them.</summary>
/// <remarks>All by the database, which sorts on the disk what does not fit into its cache: memory stays the same with any number of
/// rows.</remarks>
internal sealed class SetComparison(SqliteConnection connection, SetRequest request, Action<string> report)
{
    /// <summary>Up to how many rows are held in memory to find all near-duplicates; above it they are streamed.</summary>
    public const int MostHeld = 20_000;

    /// <summary>Up to how many rows near-duplicates are looked for unasked: it takes seconds.</summary>
    public const int MostUnasked = 200_000;

    /// <summary>Up to how many rows they are looked for at all: the index has 150 MiB then. Above it, only templates are grouped.</summary>
    public const int MostStreamed = 1_000_000;

    private const string PrepareSql = """
        CREATE INDEX rows_by_hash ON rows (hash, type);
        CREATE TEMP TABLE there (hash BLOB NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
        """;

    private const string ThereSql = """
        INSERT OR IGNORE INTO there SELECT rows.hash FROM rows JOIN other.rows AS held ON held.hash = rows.hash;
        """;

    private const string RepeatsSql = """
        SELECT count(*)                                                                   AS Rows,
               count(*) - count(DISTINCT hash)                                            AS Repeated,
               coalesce(sum(hash IN (SELECT hash FROM there)), 0)                         AS AlreadyThere,
               count(DISTINCT hash) - (SELECT count(*) FROM there)                        AS New
          FROM rows;
        """;

    private const string OnlyNewSql = """
        DELETE FROM rows
         WHERE hash IN (SELECT hash FROM there)
            OR number NOT IN (SELECT min(number) FROM rows GROUP BY hash);
        UPDATE types SET rows = (SELECT count(*) FROM rows WHERE rows.type = types.id);
        DELETE FROM types WHERE rows = 0;
        """;

    private const string GroupsSql = """
        SELECT count(*) AS Groups, coalesce(max(size), 0) AS Largest FROM (SELECT count(*) AS size FROM rows GROUP BY grp);
        """;

    private const string SplitSql = """
        SELECT coalesce(sum(part < shares.train), 0)                                                     AS Train,
               coalesce(sum(part >= shares.train AND part < shares.train + shares.validation), 0)        AS Validation,
               coalesce(sum(part >= shares.train + shares.validation), 0)                                AS Test
          FROM shares
          CROSS JOIN (SELECT rows.grp % (shares.train + shares.validation + shares.test) AS part FROM rows CROSS JOIN shares);
        """;

    /// <summary>Counts; leaves out what is not new, if that was asked for, and puts near-duplicates into one group.</summary>
    /// <param name="others">The files of the sets that rows may be in already.</param>
    public SetCounts Counts(IEnumerable<string> others)
    {
        report("comparing");
        SetFile.Execute(connection, PrepareSql);
        foreach (var other in others)
        {
            report("comparing");
            connection.Execute("ATTACH @Other AS other;", new { Other = other });
            connection.Execute(ThereSql);
            SetFile.Execute(connection, "DETACH other;");
        }

        var found = connection.QuerySingle<(long Rows, long Repeated, long AlreadyThere, long New)>(RepeatsSql);
        if (request.OnlyNew)
        {
            SetFile.Execute(connection, OnlyNewSql);
            found.Rows = found.New;
        }

        report("grouping");
        var grouping = Group(found.Rows);
        var groups = connection.QuerySingle<(long Groups, long Largest)>(GroupsSql);
        var split = connection.QuerySingle<(long Train, long Validation, long Test)>(SplitSql);
        report("storing");
        return new SetCounts(
            found.Rows, 0, found.Repeated, found.AlreadyThere, found.New, groups.Groups, groups.Largest, split.Train, split.Validation,
            split.Test)
        {
            Grouping = grouping,
        };
    }

    private SetGrouping Group(long rows)
    {
        if (request.Group is not null && rows <= MostHeld)
        {
            NearGroups.Join(connection, request.Group);
            return SetGrouping.NearDuplicates;
        }

        if (request.GroupStreamed is null || rows > (request.GroupLarge ? MostStreamed : MostUnasked))
        {
            return SetGrouping.Templates;
        }

        NearGroups.Join(connection, request.GroupStreamed, () => report("grouping"));
        return SetGrouping.SketchedNearDuplicates;
    }

    /// <summary>The types, the most frequent first.</summary>
    public IReadOnlyList<ImportedTypeCount> Types() => connection
        .Query<(string Found, string Type, long Rows)>(SetFileReader.TypesSql)
        .Select(type => new ImportedTypeCount(type.Found, type.Type, CategoryLabel.IsKnown(type.Type), TypeProposals.For(type.Type), type.Rows))
        .ToList();
}
