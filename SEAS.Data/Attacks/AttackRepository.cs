using Dapper;
using SEAS.Data.Contracts;
using SEAS.Data.Runs;
using SEAS.Data.Storage;

namespace SEAS.Data.Attacks;

/// <summary>Stores prompts, answers and verdicts as they are made. Each public method is one transaction.</summary>
/// <remarks>What pages show of them is in <see cref="AttackViews"/>.</remarks>
public sealed class AttackRepository
{
    private readonly SqliteConnections _connections;
    private readonly TimeProvider _clock;

    internal AttackRepository(SqliteConnections connections, TimeProvider clock)
    {
        _connections = connections;
        _clock = clock;
    }

    private const string SavePromptSql = """
        INSERT INTO prompts (run_id, round, seed_index, prompt_index, category, text, tokens, stopped, asks_harm, seed_text)
        VALUES (@Run, @Round, @SeedIndex, @PromptIndex, @Category, @Text, @Tokens, @Stopped, @AsksHarm, @SeedText);
        """;

    private const string SaveResponseSql = """
        INSERT INTO responses (run_id, round, seed_index, prompt_index, answer_index, text, tokens, stopped)
        VALUES (@Run, @Round, @SeedIndex, @PromptIndex, @AnswerIndex, @Text, @Tokens, @Stopped);
        """;

    /// <summary>Stores prompts, their answers and the unit's entry in the ledger.</summary>
    /// <exception cref="UnitAlreadyDoneException">The unit is recorded already.</exception>
    /// <exception cref="RunNotFoundException">There is no such run.</exception>
    public void SaveAttackUnit(
        RunId run, UnitKey key, IEnumerable<AdversarialPrompt> prompts, IEnumerable<TargetResponse> responses, string resultJson) =>
        _connections.Write((connection, transaction) =>
        {
            UnitRepository.Record(connection, transaction, run, key, resultJson, _clock.GetUtcNow());
            connection.Execute(
                SavePromptSql,
                prompts.Select(p => new
                {
                    Run = run,
                    p.Round,
                    p.SeedIndex,
                    p.PromptIndex,
                    p.Category,
                    p.Text,
                    p.Tokens,
                    p.Stopped,
                    p.AsksHarm,
                    p.SeedText,
                }),
                transaction);
            connection.Execute(
                SaveResponseSql,
                responses.Select(r => new { Run = run, r.Round, r.SeedIndex, r.PromptIndex, r.AnswerIndex, r.Text, r.Tokens, r.Stopped }),
                transaction);
        });

    private const string SaveVerdictSql = """
        INSERT INTO verdicts
               (run_id, round, seed_index, prompt_index, answer_index, score, unsafe, categories, true_kind, truly_unsafe)
        VALUES (@Run, @Round, @SeedIndex, @PromptIndex, @AnswerIndex, @Score, @Unsafe, @Categories, @TrueKind, @TrulyUnsafe);
        """;

    /// <summary>Stores verdicts and the unit's entry in the ledger.</summary>
    /// <exception cref="UnitAlreadyDoneException">The unit is recorded already.</exception>
    /// <exception cref="RunNotFoundException">There is no such run.</exception>
    public void SaveVerdictUnit(RunId run, UnitKey key, IEnumerable<Verdict> verdicts, string resultJson) =>
        _connections.Write((connection, transaction) =>
        {
            UnitRepository.Record(connection, transaction, run, key, resultJson, _clock.GetUtcNow());
            connection.Execute(
                SaveVerdictSql,
                verdicts.Select(v => new
                {
                    Run = run,
                    v.Round,
                    v.SeedIndex,
                    v.PromptIndex,
                    v.AnswerIndex,
                    v.Score,
                    v.Unsafe,
                    v.Categories,
                    v.TrueKind,
                    v.TrulyUnsafe,
                }),
                transaction);
        });

    private const string PromptsSql = $"""
        SELECT {AttackColumns.Prompt}
          FROM prompts
         WHERE run_id = @Run
           AND round  = @Round
         ORDER BY seed_index, prompt_index;
        """;

    /// <summary>A round's prompts, by seed and prompt.</summary>
    public IReadOnlyList<AdversarialPrompt> Prompts(RunId run, int round) => Round<AdversarialPrompt>(PromptsSql, run, round);

    private const string ResponsesSql = $"""
        SELECT {AttackColumns.Response}
          FROM responses
         WHERE run_id = @Run
           AND round  = @Round
         ORDER BY seed_index, prompt_index, answer_index;
        """;

    /// <summary>A round's answers, by seed, prompt and answer.</summary>
    public IReadOnlyList<TargetResponse> Responses(RunId run, int round) => Round<TargetResponse>(ResponsesSql, run, round);

    private const string VerdictsSql = $"""
        SELECT {AttackColumns.Verdict}
          FROM verdicts
         WHERE run_id = @Run
           AND round  = @Round
         ORDER BY seed_index, prompt_index, answer_index;
        """;

    /// <summary>A round's verdicts, by seed, prompt and answer.</summary>
    public IReadOnlyList<Verdict> Verdicts(RunId run, int round) => Round<Verdict>(VerdictsSql, run, round);

    /// <summary>The newest cases of a run; see <see cref="AttackViews.Newest"/>.</summary>
    public IReadOnlyList<AttackCase> Newest(RunId run, int limit, long? beforeKey = null) =>
        AttackViews.Newest(_connections, run, limit, beforeKey);

    /// <summary>All answers to one prompt with their verdicts, by answer.</summary>
    public IReadOnlyList<AttackCase> AnswersTo(RunId run, int round, int seedIndex, int promptIndex) =>
        AttackViews.AnswersTo(_connections, run, round, seedIndex, promptIndex);

    /// <summary>What each round's attack has brought so far, by round.</summary>
    public IReadOnlyList<AttackCounts> Counts(RunId run) => AttackViews.Counts(_connections, run);

    private IReadOnlyList<T> Round<T>(string sql, RunId run, int round) =>
        _connections.Read(connection => connection.Query<T>(sql, new { Run = run, Round = round }).AsList());
}
