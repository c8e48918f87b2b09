using Dapper;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Storage;

namespace SEAS.Data.Review.Decisions;

/// <summary>How fast people label: by what they decided last, so that a page can ask again and again.</summary>
internal static class LabelPace
{
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(10);

    private const string LabelsSql = """
        SELECT annotator AS Annotator, count(*) AS Labels
          FROM review_decisions
         WHERE run_id = @Run
           AND kind = 'Submit'
           AND origin IN ('Person', 'Simulated')
         GROUP BY annotator
         ORDER BY annotator;
        """;

    private const string NewestSql = """
        SELECT seconds AS Seconds, at_utc AS AtUtc
          FROM review_decisions
         WHERE run_id = @Run
           AND annotator = @Annotator
           AND kind = 'Submit'
           AND origin IN ('Person', 'Simulated')
         ORDER BY id DESC
         LIMIT 200;
        """;

    public static IReadOnlyList<AnnotatorPace> Of(SqliteConnections connections, RunId run, DateTimeOffset now) =>
        connections.Read(connection => connection
            .Query<(string Annotator, long Labels)>(LabelsSql, new { Run = run })
            .Select(person =>
            {
                var newest = connection.Query<PaceRow>(NewestSql, new { Run = run, person.Annotator }).AsList();
                var recent = newest.FindAll(row => row.AtUtc > now - s_window);
                return new AnnotatorPace(
                    person.Annotator, person.Labels, Median(newest), PerMinute(recent, now), newest.Max(row => row.AtUtc));
            })
            .ToList());

    private static double Median(List<PaceRow> rows)
    {
        var seconds = rows.ConvertAll(row => row.Seconds);
        seconds.Sort();
        return seconds[(seconds.Count - 1) / 2];
    }

    // From the oldest of them on, so that somebody who began a minute ago is not shown a tenth of their pace.
    private static double PerMinute(List<PaceRow> recent, DateTimeOffset now) =>
        recent.Count == 0 ? 0 : recent.Count / Math.Max(1, (now - recent.Min(row => row.AtUtc)).TotalMinutes);
}

/// <summary>How long one label took, and when it came.</summary>
internal sealed record PaceRow(double Seconds, DateTimeOffset AtUtc);
