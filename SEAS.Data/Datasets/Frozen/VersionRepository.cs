using System.Globalization;
using Dapper;
using SEAS.Data.Contracts;
using SEAS.Data.Runs;
using SEAS.Data.Storage;

namespace SEAS.Data.Datasets.Frozen;

/// <summary>Stores which versions of which rounds are frozen. Each method is one transaction.</summary>
internal sealed class VersionRepository(SqliteConnections connections)
{
    private const string ListSql = """
        SELECT run_id          AS Run,
               round           AS Round,
               version         AS Version,
               folder          AS Folder,
               manifest_sha256 AS ManifestSha256,
               row_count       AS Rows,
               bytes           AS Bytes,
               frozen_utc      AS FrozenUtc,
               reason          AS Reason
          FROM dataset_versions
         WHERE run_id = @Run
         ORDER BY round, version;
        """;

    public IReadOnlyList<DatasetVersion> Of(RunId run) =>
        connections.Read(connection => connection.Query<DatasetVersion>(ListSql, new { Run = run }).AsList());

    private const string MarkSql = "SELECT coalesce(max(id), 0) FROM review_decisions WHERE run_id = @Run AND kind <> 'Draft';";

    public string LabelsMark(RunId run) => connections.Read(connection =>
        connection.ExecuteScalar<long>(MarkSql, new { Run = run }).ToString(CultureInfo.InvariantCulture));

    // A label holds for every equal text of the run, so it touches each round in which its prompt stands, and each whose pairs rest on it.
    // The round is walked once, whatever the number of labels.
    private const string TouchedSql = """
        WITH since AS MATERIALIZED (
            SELECT review_items.round, review_items.source, review_items.prompt_text
              FROM review_decisions
              JOIN review_items ON review_items.key = review_decisions.item
             WHERE review_decisions.id     > @Since
               AND review_decisions.run_id = @Run
               AND review_decisions.kind NOT IN ('Draft', 'Skip')),
        texts AS MATERIALIZED (SELECT DISTINCT prompt_text FROM since WHERE source = 'Attack')
        SELECT EXISTS (SELECT 1 FROM since WHERE round = @Round)
            OR EXISTS (SELECT 1 FROM prompts WHERE run_id = @Run AND round = @Round AND text IN texts)
            OR EXISTS (SELECT 1 FROM pairs WHERE run_id = @Run AND round = @Round AND role = 'Target' AND prompt IN texts)
            OR EXISTS (SELECT 1 FROM pairs WHERE run_id = @Run AND round = @Round AND role = 'Red'
                          AND (chosen IN texts OR rejected IN texts));
        """;

    /// <summary>Whether anything that people decided after a mark is about a round's rows.</summary>
    public bool IsTouchedSince(RunId run, int round, string mark) => connections.Read(connection => connection.ExecuteScalar<bool>(
        TouchedSql, new { Run = run, Round = round, Since = long.Parse(mark, CultureInfo.InvariantCulture) }));

    private const string FrozenMarkSql = """
        SELECT labels_mark
          FROM dataset_versions
         WHERE run_id = @Run
           AND round  = @Round
         ORDER BY version DESC
         LIMIT 1;
        """;

    /// <summary>The mark of a round's newest version, or null.</summary>
    public string? FrozenMark(RunId run, int round) => connections.Read(connection =>
        connection.QuerySingleOrDefault<string>(FrozenMarkSql, new { Run = run, Round = round }));

    private const string SaveSql = """
        INSERT INTO dataset_versions
               (run_id, round, version, folder, manifest_sha256, row_count, bytes, labels_mark, frozen_utc, reason)
        VALUES (@Run, @Round, @Version, @Folder, @ManifestSha256, @Rows, @Bytes, @Mark, @FrozenUtc, @Reason);
        """;

    /// <summary>Stores a version, if it is a new one, and the ledger's entry of the unit that made it, if one did.</summary>
    public void Save(DatasetVersion version, string mark, bool isNew, UnitKey? unit, DateTimeOffset now) =>
        connections.Write((connection, transaction) =>
        {
            if (unit is { } key)
            {
                var result = ManifestJson.Write(new { version.Version, version.ManifestSha256 });
                UnitRepository.Record(connection, transaction, version.Run, key, result, now);
            }

            if (isNew)
            {
                var row = new
                {
                    version.Run,
                    version.Round,
                    version.Version,
                    version.Folder,
                    version.ManifestSha256,
                    version.Rows,
                    version.Bytes,
                    Mark = mark,
                    version.FrozenUtc,
                    version.Reason,
                };
                connection.Execute(SaveSql, row, transaction);
            }
        });
}
