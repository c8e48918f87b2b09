using Dapper;
using Microsoft.Data.Sqlite;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;
using SEAS.Data.Storage;

namespace SEAS.Data.Runs;

/// <summary>Reads which step learnt what. They are stored with the checkpoint that they lead to, in its transaction.</summary>
public sealed class TuningStepRepository
{
    private readonly SqliteConnections _connections;

    internal TuningStepRepository(SqliteConnections connections) => _connections = connections;

    private const string SaveSql = """
        INSERT INTO tuning_steps (run_id, round, role, step, pairs, general)
        VALUES (@Run, @Round, @Role, @Step, @Pairs, @General);
        """;

    internal static void Save(
        SqliteConnection connection, SqliteTransaction transaction, RunId run, IEnumerable<TuningStep> steps) =>
        connection.Execute(
            SaveSql,
            steps.Select(step => new
            {
                Run = run,
                step.Round,
                Role = step.Role.ToString(),
                step.Step,
                Pairs = TuningStepRow.Write(step.Pairs),
                General = TuningStepRow.Write(step.General),
            }),
            transaction);

    private const string OneModelsSteps = $"""
        SELECT {TuningStepRow.Columns}
          FROM tuning_steps
         {OneModel.Where}
        """;

    private const string OfRoundSql = $"""
        {OneModelsSteps}
         ORDER BY step;
        """;

    /// <summary>The steps of one model's tuning, in order; none where they were not recorded or there was nothing to learn.</summary>
    public IReadOnlyList<TuningStep> OfRound(RunId run, int round, ModelRole role) =>
        Query(OfRoundSql, OneModel.Rows(run, round, role));

    private const string OfPairSql = $"""
        {OneModelsSteps}
           AND EXISTS (SELECT 1 FROM json_each(tuning_steps.pairs) WHERE value = @Place)
         ORDER BY step;
        """;

    /// <summary>The steps that learnt a pair, in order: one for each epoch.</summary>
    public IReadOnlyList<TuningStep> Of(PairId pair) =>
        Query(OfPairSql, OneModel.Rows(pair.Run, pair.Round, pair.Role, pair.Pair));

    private const string OfGeneralSql = $"""
        {OneModelsSteps}
           AND EXISTS (SELECT 1 FROM json_each(tuning_steps.general) WHERE value = @Place)
         ORDER BY step;
        """;

    /// <summary>The steps that learnt a plain row, in order.</summary>
    public IReadOnlyList<TuningStep> Of(GeneralRowId row) =>
        Query(OfGeneralSql, OneModel.Rows(row.Run, row.Round, row.Role, row.Row));

    private IReadOnlyList<TuningStep> Query(string sql, object parameters) => _connections.Read(connection =>
        connection.Query<TuningStepRow>(sql, parameters).Select(row => row.ToStep()).ToList());
}
