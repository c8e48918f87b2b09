using System.Text.Json;
using Dapper;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Records;
using SEAS.Data.Storage;

namespace SEAS.Data.Datasets.Import.Staging;

/// <summary>Reads the rows of a set.</summary>
internal static class SetFileReader
{
    private const string PageSql = """
        SELECT rows.number     AS Number,
               rows.file_row   AS FileRow,
               rows.grp        AS Grp,
               types.found     AS Found,
               types.type      AS Type,
               rows.is_safe    AS IsSafe,
               rows.id         AS Id,
               rows.source     AS Source,
               rows.label      AS Label,
               rows.extra      AS Extra,
               rows.system     AS System,
               rows.history    AS History,
               rows.prompt     AS Prompt,
               rows.answer     AS Answer,
               rows.chosen     AS Chosen,
               rows.rejected   AS Rejected,
               shares.train    AS Train,
               shares.validation AS Validation,
               shares.test     AS Test
          FROM shares
          CROSS JOIN rows
          JOIN types ON types.id = rows.type
         WHERE rows.number > @After
           AND (@Split IS NULL OR @Split = CASE
                   WHEN rows.grp % (shares.train + shares.validation + shares.test) < shares.train THEN 'Train'
                   WHEN rows.grp % (shares.train + shares.validation + shares.test) < shares.train + shares.validation THEN 'Validation'
                   ELSE 'Test' END)
           AND (@Type IS NULL OR types.type = @Type)
         ORDER BY rows.number
         LIMIT @Limit;
        """;

    /// <summary>A page of rows, those after a number.</summary>
    public static IReadOnlyList<SetRow> Page(string path, DatasetSplit? split, string? type, long after, int limit) =>
        StoreFaults.Explained(path, () =>
        {
            using var connection = SetFile.Open(path);
            return connection
                .Query<StoredRow>(PageSql, new { After = after, Split = split?.ToString(), Type = type, Limit = limit })
                .Select(row => row.ToRow())
                .ToList();
        });

    public const string TypesSql = """
        SELECT found AS Found, type AS Type, rows AS Rows FROM types ORDER BY rows DESC, found;
        """;

    /// <summary>The types of a set and what they became, the most frequent first.</summary>
    public static IReadOnlyList<(string Found, string Type, long Rows)> Types(string path) => StoreFaults.Explained(path, () =>
    {
        using var connection = SetFile.Open(path);
        return connection.Query<(string Found, string Type, long Rows)>(TypesSql).AsList();
    });
}

/// <summary>A row as it is stored.</summary>
internal sealed record StoredRow(
    long Number,
    int FileRow,
    long Grp,
    string Found,
    string Type,
    bool? IsSafe,
    string? Id,
    string? Source,
    string? Label,
    string? Extra,
    string? System,
    string? History,
    string Prompt,
    string? Answer,
    string? Chosen,
    string? Rejected,
    long Train,
    long Validation,
    long Test)
{
    public SetRow ToRow()
    {
        var place = Grp % (Train + Validation + Test);
        var split = place < Train ? DatasetSplit.Train : place < Train + Validation ? DatasetSplit.Validation : DatasetSplit.Test;
        var row = new ImportedRow(FileRow, Prompt)
        {
            Id = Id,
            Category = Found.Length == 0 ? null : Found,
            Source = Source,
            IsSafe = IsSafe,
            System = System,
            Answer = Answer,
            Chosen = Chosen,
            Rejected = Rejected,
            Label = Label,
        };
        return new SetRow(Number, split, Type, row with
        {
            History = History is null ? row.History : JsonSerializer.Deserialize<List<ChatTurn>>(History, RowJson.Options)!,
            Extra = Extra is null ? row.Extra : JsonSerializer.Deserialize<Dictionary<string, string>>(Extra, RowJson.Options)!,
        });
    }
}
