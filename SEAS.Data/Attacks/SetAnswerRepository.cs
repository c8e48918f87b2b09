using Dapper;
using SEAS.Data.Contracts;
using SEAS.Data.Runs;
using SEAS.Data.Storage;

namespace SEAS.Data.Attacks;

/// <summary>Stores what targets answered to the rows of imported evaluation sets. Each public method is one transaction.</summary>
public sealed class SetAnswerRepository
{
    /// <summary>Units of the evaluation with this index or a higher one hold answers to imported sets.</summary>
    public const int FirstUnit = 100_000;

    private readonly SqliteConnections _connections;
    private readonly TimeProvider _clock;

    internal SetAnswerRepository(SqliteConnections connections, TimeProvider clock)
    {
        _connections = connections;
        _clock = clock;
    }

    private const string SaveSql = """
        INSERT INTO set_answers
               (run_id, iteration, set_idx, row_number, prompt, category, is_safe, answer, tokens, stopped, score, unsafe, behaviour)
        VALUES (@Run, @Iteration, @Set, @Row, @Prompt, @Category, @IsSafe, @Answer, @Tokens, @Stopped, @Score, @Unsafe, @Behaviour);
        """;

    /// <summary>Stores the answers of a unit of work and its entry in the ledger.</summary>
    /// <exception cref="UnitAlreadyDoneException">The unit is recorded already.</exception>
    /// <exception cref="RunNotFoundException">There is no such run.</exception>
    public void Save(RunId run, UnitKey key, IEnumerable<SetAnswer> answers, string resultJson) =>
        _connections.Write((connection, transaction) =>
        {
            UnitRepository.Record(connection, transaction, run, key, resultJson, _clock.GetUtcNow());
            connection.Execute(
                SaveSql,
                answers.Select(answer => new
                {
                    Run = run,
                    answer.Iteration,
                    answer.Set,
                    answer.Row,
                    answer.Prompt,
                    answer.Category,
                    answer.IsSafe,
                    answer.Answer,
                    answer.Tokens,
                    answer.Stopped,
                    answer.Score,
                    answer.Unsafe,
                    answer.Behaviour,
                }),
                transaction);
        });

    /// <summary>The columns, in the order of <see cref="SetAnswer"/>.</summary>
    internal const string Columns = """
        iteration  AS Iteration,
               set_idx    AS "Set",
               row_number AS Row,
               prompt     AS Prompt,
               category   AS Category,
               is_safe    AS IsSafe,
               answer     AS Answer,
               tokens     AS Tokens,
               stopped    AS Stopped,
               score      AS Score,
               unsafe     AS Unsafe,
               behaviour  AS Behaviour
        """;

    private const string RangeSql = $"""
        SELECT {Columns}
          FROM set_answers
         WHERE run_id      = @Run
           AND iteration   = @Iteration
           AND set_idx     = @Set
           AND row_number >= @First
           AND row_number <= @Last
         ORDER BY row_number;
        """;

    /// <summary>A target's answers to some rows of a set, by row.</summary>
    /// <param name="run">The run.</param>
    /// <param name="iteration">The target's iterate.</param>
    /// <param name="set">The set's place in the plan.</param>
    /// <param name="first">The number of the first row.</param>
    /// <param name="last">The number of the last row.</param>
    public IReadOnlyList<SetAnswer> Rows(RunId run, int iteration, int set, long first = 1, long last = long.MaxValue) =>
        _connections.Read(connection => connection.Query<SetAnswer>(
            RangeSql, new { Run = run, Iteration = iteration, Set = set, First = first, Last = last }).AsList());
}
