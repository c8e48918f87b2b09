using System.Reflection;
using System.Text.RegularExpressions;
using Dapper;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Storage;
using SEAS.Web.Live;

namespace SEAS.Tests.Storage;

public sealed partial class QueryPlanTests : IDisposable
{
    private readonly StoreFolder _at = new();
    private readonly SqliteConnections _connections;

    public QueryPlanTests()
    {
        _ = _at.Store;
        _at.Close();
        _connections = new SqliteConnections(_at.Database);
    }

    public void Dispose()
    {
        _connections.Dispose();
        _at.Dispose();
    }

    [Fact]
    public void Every_query_of_a_run_finds_its_rows_by_an_index()
    {
        var queries = typeof(Store).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.NonPublic | BindingFlags.Static).Where(field => field.IsLiteral))
            .Where(field => field.Name.EndsWith("Sql", StringComparison.Ordinal))
            .Select(field => (string)field.GetRawConstantValue()!)
            .Where(sql => sql.Contains("SELECT", StringComparison.Ordinal) && sql.Contains("@Run", StringComparison.Ordinal))
            .ToList();

        Assert.True(queries.Count >= 35, $"Only {queries.Count} queries were found.");
        Assert.All(queries, sql => Assert.Empty(Scans(sql)));
    }

    [Theory]
    [InlineData("SEAS.Data.Review.Queue.LeaseBook", "FreshSql", "review_items_in_order")]
    [InlineData("SEAS.Data.Review.Queue.ReviewQueue", "LeftSql", "review_items_in_order")]
    [InlineData("SEAS.Data.Review.Queue.ReviewQueue", "LeftSql", "review_standing_open")]
    [InlineData("SEAS.Data.Review.Items.ReviewItemRepository", "StatesSql", "COVERING INDEX review_items_by_state")]
    [InlineData("SEAS.Data.Review.Items.ReviewItemRepository", "ReasonsSql", "COVERING INDEX review_items_by_state")]
    [InlineData("SEAS.Data.Review.Items.ReviewItemRepository", "PageOfStateSql", "review_items_by_state")]
    [InlineData("SEAS.Data.Review.Decisions.LabelViews", "LabelledSql", "review_items_by_state")]
    [InlineData("SEAS.Data.Review.Decisions.LabelPace", "NewestSql", "review_decisions_by_person")]
    public void What_annotators_wait_for_uses_its_own_index(string type, string query, string index)
    {
        var sql = (string)typeof(Store).Assembly.GetType(type, throwOnError: true)!
            .GetField(query, BindingFlags.NonPublic | BindingFlags.Static)!.GetRawConstantValue()!;

        Assert.Contains(Plan(sql), step => step.Contains(index, StringComparison.Ordinal));
        if (query is "FreshSql" or "PageOfStateSql" or "NewestSql")
        {
            Assert.DoesNotContain(Plan(sql), step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));   // nothing is sorted
        }
    }

    [Fact]
    public void A_query_that_reads_a_whole_table_is_noticed() =>
        Assert.Equal(["SCAN responses"], Scans("SELECT text FROM responses WHERE tokens = @Tokens;"));

    private List<string> Scans(string sql) => Plan(sql).FindAll(detail => ReadsTable().IsMatch(detail));

    private List<string> Plan(string sql) => _connections.Read(connection =>
    {
        var parameters = new DynamicParameters();
        foreach (var name in Parameter().Matches(sql).Select(match => match.Groups["name"].Value))
        {
            parameters.Add(name, 1);
        }

        return connection.Query<(int Id, int Parent, int Unused, string Detail)>($"EXPLAIN QUERY PLAN {sql}", parameters)
            .Select(step => step.Detail)
            .ToList();
    });

    [GeneratedRegex("@(?<name>\\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();

    // A scan of an interim result (written, judged, …) is no scan of a table.
    [GeneratedRegex(
        "^SCAN (review_\\w+|dataset_\\w+|annotators|prompts|responses|verdicts|pairs|metrics|events|units|checkpoints|evaluations)\\b",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReadsTable();
}
