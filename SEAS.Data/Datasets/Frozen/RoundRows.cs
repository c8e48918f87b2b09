using Dapper;
using Microsoft.Data.Sqlite;
using SEAS.Data.Attacks;
using SEAS.Data.Contracts;
using SEAS.Data.Runs;

namespace SEAS.Data.Datasets.Frozen;

/// <summary>A round's rows one by one, in the order of their ids, from one reading connection: a million of them need no memory.</summary>
internal sealed class RoundRows(SqliteConnection connection, SqliteTransaction snapshot, RunId run, int round)
{
    private const string PromptsSql = $"""
        SELECT {AttackColumns.Prompt}
          FROM prompts
         WHERE run_id = @Run
           AND round  = @Round
         ORDER BY seed_index, prompt_index;
        """;

    public IEnumerable<AdversarialPrompt> Prompts() => Rows<AdversarialPrompt>(PromptsSql);

    private const string AnswerColumns = """
        responses.round        AS Round,
               responses.seed_index   AS SeedIndex,
               responses.prompt_index AS PromptIndex,
               responses.answer_index AS AnswerIndex,
               prompts.category       AS Category,
               prompts.text           AS Prompt,
               responses.text         AS Answer,
               responses.tokens       AS Tokens,
               responses.stopped      AS Stopped,
               verdicts.score         AS Score,
               verdicts.unsafe        AS Unsafe,
               verdicts.true_kind     AS TrueKind,
               verdicts.truly_unsafe  AS TrulyUnsafe
        """;

    // Prompts first: the join walks both tables in the order of their keys and nothing is sorted.
    private const string AnswersSql = $"""
        SELECT {AnswerColumns}
          FROM prompts
         CROSS JOIN responses USING (run_id, round, seed_index, prompt_index)
          LEFT JOIN verdicts USING (run_id, round, seed_index, prompt_index, answer_index)
         WHERE prompts.run_id = @Run
           AND prompts.round  = @Round
         ORDER BY prompts.seed_index, prompts.prompt_index, responses.answer_index;
        """;

    public IEnumerable<FrozenAnswer> Answers() => Rows<FrozenAnswer>(AnswersSql);

    private const string OnePromptSql = $"""
        SELECT {AnswerColumns}
          FROM responses
          JOIN prompts USING (run_id, round, seed_index, prompt_index)
          LEFT JOIN verdicts USING (run_id, round, seed_index, prompt_index, answer_index)
         WHERE responses.run_id       = @Run
           AND responses.round        = @Round
           AND responses.seed_index   = @Seed
           AND responses.prompt_index = @Prompt
         ORDER BY responses.answer_index;
        """;

    /// <summary>The answers to one prompt of any round of the run.</summary>
    public IReadOnlyList<FrozenAnswer> AnswersTo(int ofRound, int seed, int prompt) => connection.Query<FrozenAnswer>(
        OnePromptSql, new { Run = run, Round = ofRound, Seed = seed, Prompt = prompt }, snapshot).AsList();

    private const string PairsSql = $"""
        SELECT {AttackColumns.Pair}
          FROM pairs
         WHERE run_id = @Run
           AND round  = @Round
           AND role   = @Role
         ORDER BY idx;
        """;

    public IEnumerable<PreferencePair> Pairs(ModelRole role) => connection.Query<PreferencePair>(
        PairsSql, new { Run = run, Round = round, Role = role.ToString() }, snapshot, buffered: false);

    private const string MetricsSql = """
        SELECT name AS Name, step AS Step, value AS Value
          FROM metrics
         WHERE run_id = @Run
           AND round  = @Round
         ORDER BY name, step;
        """;

    public IEnumerable<(string Name, long Step, double? Value)> Metrics() => connection.Query<(string, long, double?)>(
        MetricsSql, new { Run = run, Round = round }, snapshot, buffered: false);

    private const string EvaluationSql = "SELECT json FROM evaluations WHERE run_id = @Run AND iteration = @Round;";

    public string? Evaluation() =>
        connection.QuerySingleOrDefault<string>(EvaluationSql, new { Run = run, Round = round }, snapshot);

    private const string StepsSql = $"""
        SELECT {TuningStepRow.Columns}
          FROM tuning_steps
         WHERE run_id = @Run
           AND round  = @Round
         ORDER BY role, step;
        """;

    public IEnumerable<TuningStep> Steps() => Rows<TuningStepRow>(StepsSql).Select(row => row.ToStep());

    private const string FirstSetUnit = "100000";   // SetAnswerRepository.FirstUnit; a test freezes such units

    // What replaying a round needs to know of how it was done; the first round's two entries are those of the bases.
    private const string LedgerSql = $"""
        SELECT round        AS Round,
               stage        AS Stage,
               idx          AS "Index",
               result_json  AS ResultJson,
               finished_utc AS FinishedUtc
          FROM units
         WHERE run_id = @Run
           AND ((round = 0 AND stage = 'Initialization') OR (round = @Round AND stage IN ('Attack', 'Judge', 'Pairs'))
            OR (round = @Round AND stage = 'Evaluation' AND idx >= {FirstSetUnit}))
         ORDER BY round, stage, idx;
        """;

    public IEnumerable<FinishedUnit> Ledger() => Rows<UnitRow>(LedgerSql).Select(row => row.ToUnit());

    private const string SetAnswersSql = $"""
        SELECT {SetAnswerRepository.Columns}
          FROM set_answers
         WHERE run_id    = @Run
           AND iteration = @Round
         ORDER BY set_idx, row_number;
        """;

    public IEnumerable<SetAnswer> SetAnswers() => Rows<SetAnswer>(SetAnswersSql);

    private IEnumerable<T> Rows<T>(string sql) =>
        connection.Query<T>(sql, new { Run = run, Round = round }, snapshot, buffered: false);
}

/// <summary>An answer with its prompt and its verdict.</summary>
internal sealed record FrozenAnswer(
    int Round,
    int SeedIndex,
    int PromptIndex,
    int AnswerIndex,
    string Category,
    string Prompt,
    string Answer,
    int Tokens,
    bool Stopped,
    double? Score,
    bool? Unsafe,
    string? TrueKind,
    bool? TrulyUnsafe);
