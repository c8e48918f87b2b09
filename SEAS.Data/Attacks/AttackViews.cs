using Dapper;
using SEAS.Data.Contracts;
using SEAS.Data.Storage;

namespace SEAS.Data.Attacks;

/// <summary>The joined rows and the sums that pages show of an attack.</summary>
internal static class AttackViews
{
    private const string CaseColumns = """
        responses.key          AS Key,
               responses.round        AS Round,
               responses.seed_index   AS SeedIndex,
               responses.prompt_index AS PromptIndex,
               responses.answer_index AS AnswerIndex,
               prompts.category       AS Category,
               prompts.seed_text      AS SeedText,
               prompts.text           AS PromptText,
               responses.text         AS AnswerText,
               prompts.asks_harm      AS AsksHarm,
               verdicts.score         AS Score,
               verdicts.unsafe        AS Unsafe,
               verdicts.categories    AS Categories,
               verdicts.true_kind     AS TrueKind,
               verdicts.truly_unsafe  AS TrulyUnsafe
          FROM responses
          JOIN prompts USING (run_id, round, seed_index, prompt_index)
          LEFT JOIN verdicts USING (run_id, round, seed_index, prompt_index, answer_index)
        """;

    private const string NewestSql = $"""
        SELECT {CaseColumns}
         WHERE responses.run_id = @Run
           AND responses.key    < @BeforeKey
         ORDER BY responses.key DESC
         LIMIT @Limit;
        """;

    /// <summary>The newest cases, newest first; those before a key when a page is turned.</summary>
    public static IReadOnlyList<AttackCase> Newest(SqliteConnections connections, RunId run, int limit, long? beforeKey) =>
        connections.Read(connection => connection
            .Query<AttackCase>(NewestSql, new { Run = run, Limit = limit, BeforeKey = beforeKey ?? long.MaxValue })
            .AsList());

    private const string AnswersSql = $"""
        SELECT {CaseColumns}
         WHERE responses.run_id       = @Run
           AND responses.round        = @Round
           AND responses.seed_index   = @Seed
           AND responses.prompt_index = @Prompt
         ORDER BY responses.answer_index;
        """;

    /// <summary>All answers to one prompt, by answer.</summary>
    public static IReadOnlyList<AttackCase> AnswersTo(SqliteConnections connections, RunId run, int round, int seed, int prompt) =>
        connections.Read(connection => connection
            .Query<AttackCase>(AnswersSql, new { Run = run, Round = round, Seed = seed, Prompt = prompt })
            .AsList());

    private const string CountsSql = """
        WITH written AS (
            SELECT round, count(*) AS prompts, coalesce(sum(asks_harm), 0) AS asking_harm
              FROM prompts WHERE run_id = @Run GROUP BY round),
        answered AS (
            SELECT round, count(*) AS answers
              FROM responses WHERE run_id = @Run GROUP BY round),
        judged AS (
            SELECT round, count(*) AS judged, sum(unsafe) AS unsafe, count(truly_unsafe) AS truth_known,
                   coalesce(sum(truly_unsafe), 0) AS truly_unsafe
              FROM verdicts WHERE run_id = @Run GROUP BY round)
        SELECT written.round                        AS Round,
               written.prompts                      AS Prompts,
               written.asking_harm                  AS AskingHarm,
               coalesce(answered.answers, 0)        AS Answers,
               coalesce(judged.judged, 0)           AS Judged,
               coalesce(judged.unsafe, 0)           AS Unsafe,
               coalesce(judged.truth_known, 0)      AS TruthKnown,
               coalesce(judged.truly_unsafe, 0)     AS TrulyUnsafe
          FROM written
          LEFT JOIN answered USING (round)
          LEFT JOIN judged USING (round)
         ORDER BY written.round;
        """;

    /// <summary>The sums of each round that has an attack, by round.</summary>
    public static IReadOnlyList<AttackCounts> Counts(SqliteConnections connections, RunId run) =>
        connections.Read(connection => connection.Query<AttackCounts>(CountsSql, new { Run = run }).AsList());
}
