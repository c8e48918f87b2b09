using Dapper;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Storage;

namespace SEAS.Data.Review.Decisions;

/// <summary>The rows and sums that pages and the loop read of people's decisions.</summary>
internal static class LabelViews
{
    private const string HistorySql = $"SELECT {DecisionRow.Columns} FROM review_decisions WHERE item = @Item ORDER BY id;";

    public static IReadOnlyList<Decision> History(SqliteConnections connections, long item) =>
        Decisions(connections, HistorySql, new { Item = item });

    private const string NewestSql = $"""
        SELECT {DecisionRow.Columns} FROM review_decisions WHERE item = @Item AND annotator = @Annotator ORDER BY id DESC LIMIT 1;
        """;

    public static LabelAnswers? Draft(SqliteConnections connections, long item, string annotator) =>
        Decisions(connections, NewestSql, new { Item = item, Annotator = annotator }) is [{ } newest]
        && newest.Kind is DecisionKind.Draft or DecisionKind.Undo
            ? newest.Answers
            : null;

    private const string OfRoundSql = $"""
        SELECT {DecisionRow.Columns}
          FROM review_items
          JOIN review_decisions ON review_decisions.item = review_items.key
         WHERE review_items.run_id = @Run
           AND review_items.round  = @Round
         ORDER BY review_decisions.id;
        """;

    public static IReadOnlyList<Decision> OfRound(SqliteConnections connections, RunId run, int round) =>
        Decisions(connections, OfRoundSql, new { Run = run, Round = round });

    private const string CurrentSql = $"""
        SELECT {DecisionRow.Columns}
          FROM review_standing
          JOIN review_decisions ON review_decisions.id = review_standing.decision
         WHERE review_standing.run_id = @Run
        UNION ALL
        SELECT {DecisionRow.Columns}
          FROM review_items
          JOIN review_decisions ON review_decisions.id = review_items.gold
         WHERE review_items.run_id = @Run
           AND review_items.state  = 'Gold'
         ORDER BY Id;
        """;

    public static IReadOnlyList<Decision> Current(SqliteConnections connections, RunId run) =>
        Decisions(connections, CurrentSql, new { Run = run });

    // Named, because the planner would take the index of places and walk through the whole round for a handful of labels.
    private const string Labelled = "review_items INDEXED BY review_items_by_state";

    private const string LabelledSql = $"""
        SELECT key          AS Key,
               run_id       AS Run,
               round        AS Round,
               seed_index   AS SeedIndex,
               prompt_index AS PromptIndex,
               answer_index AS AnswerIndex,
               state        AS State
          FROM {Labelled}
         WHERE run_id = @Run
           AND state IN ('Partial', 'Agreed', 'Conflict', 'Gold')
           AND round  = @Round
           AND source = @Source
         ORDER BY key;
        """;

    private const string StandingSql = $"""
        SELECT {DecisionRow.Columns}
          FROM {Labelled}
          JOIN review_standing ON review_standing.item = review_items.key
          JOIN review_decisions ON review_decisions.id = review_standing.decision
         WHERE review_items.run_id = @Run
           AND review_items.state IN ('Partial', 'Agreed', 'Conflict')
           AND review_items.round  = @Round
           AND review_items.source = @Source
           AND review_decisions.kind = 'Submit'
        UNION ALL
        SELECT {DecisionRow.Columns}
          FROM {Labelled}
          JOIN review_decisions ON review_decisions.id = review_items.gold
         WHERE review_items.run_id = @Run
           AND review_items.state  = 'Gold'
           AND review_items.round  = @Round
           AND review_items.source = @Source;
        """;

    public static IReadOnlyList<EffectiveLabel> Effective(SqliteConnections connections, RunId run, int round, ReviewSource source)
    {
        var parameters = new { Run = run, Round = round, Source = source.ToString() };
        return connections.Read(connection =>
        {
            using var transaction = connection.BeginTransaction(deferred: true);   // both queries see the same commit
            var items = connection.Query<LabelledRow>(LabelledSql, parameters, transaction).AsList();
            var decisions = connection.Query<DecisionRow>(StandingSql, parameters, transaction)
                .Select(row => row.ToDecision())
                .ToLookup(decision => decision.Item);
            return items.Where(item => decisions.Contains(item.Key)).Select(item => Effective(item, [.. decisions[item.Key]])).ToList();
        });
    }

    private static EffectiveLabel Effective(LabelledRow item, List<Decision> decisions)
    {
        var gold = decisions.Find(decision => decision.Kind == DecisionKind.Adjudicate);
        var labels = new LabelConsensus(decisions.FindAll(decision => decision.Kind == DecisionKind.Submit), gold);
        return new EffectiveLabel(
            item.Key,
            item.Run,
            item.Round,
            item.SeedIndex,
            item.PromptIndex,
            item.AnswerIndex,
            labels.Unsafe,
            labels.Corrected,
            labels.Invalid,
            labels.Prompt,
            item.State,
            [.. labels.Deciding.Select(decision => decision.Annotator).Order(StringComparer.Ordinal)],
            [.. labels.Deciding.Select(decision => decision.Id)])
        {
            Behaviour = labels.Behaviour,
        };
    }

    private const string SubmissionsSql = $"""
        SELECT {DecisionRow.Columns}, review_items.round AS Round
          FROM review_standing
          JOIN review_decisions ON review_decisions.id = review_standing.decision
          JOIN review_items ON review_items.key = review_standing.item
         WHERE review_standing.run_id = @Run
           AND review_decisions.kind = 'Submit'
         ORDER BY review_standing.item, review_standing.annotator;
        """;

    public static IReadOnlyList<Submission> Submissions(SqliteConnections connections, RunId run) =>
        connections.Read(connection => connection
            .Query<DecisionRow, long, (Decision Decision, int Round)>(
                SubmissionsSql, (row, round) => (row.ToDecision(), (int)round), new { Run = run }, splitOn: "Round")
            .SelectMany(row => Answers(row.Decision.Answers).Select(answer => new Submission(
                row.Decision.Item, row.Round, row.Decision.Annotator, answer.Question, answer.Value, row.Decision.Origin)))
            .ToList());

    private static IEnumerable<(ReviewQuestions Question, string Value)> Answers(LabelAnswers answers) =>
        new (ReviewQuestions Question, string? Value)[]
        {
            (ReviewQuestions.Safety, answers.Safety?.ToString()),
            (ReviewQuestions.Behaviour, answers.Behaviour?.ToString()),
            (ReviewQuestions.Prompt, answers.Prompt?.ToString()),
            (ReviewQuestions.Category, answers.Category),
        }
        .Where(answer => !string.IsNullOrWhiteSpace(answer.Value))
        .Select(answer => (answer.Question, answer.Value!));

    private static IReadOnlyList<Decision> Decisions(SqliteConnections connections, string sql, object parameters) =>
        connections.Read(connection => connection.Query<DecisionRow>(sql, parameters).Select(row => row.ToDecision()).ToList());
}

/// <summary>Where a labelled item is, and how far.</summary>
internal sealed record LabelledRow(
    long Key, RunId Run, int Round, int SeedIndex, int PromptIndex, int AnswerIndex, ReviewState State);
