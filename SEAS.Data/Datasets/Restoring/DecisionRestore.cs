using Dapper;
using Microsoft.Data.Sqlite;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Datasets.Frozen;
using SEAS.Data.Review.Decisions;

namespace SEAS.Data.Datasets.Restoring;

/// <summary>Puts frozen decisions into a store again under the numbers that they had; rows that are already there stay as they are.</summary>
internal static class DecisionRestore
{
    private const string ItemSql = """
        INSERT INTO review_items
               (key, run_id, round, source, kind, seed_index, prompt_index, answer_index, category, score, unsafe, reasons, uncertainty,
                pairs_at_stake, value, grp, content_hash, lot, wanted, state, open, worth, created_utc, prompt_text, answer_text)
        VALUES (@Key, @Run, @Round, @Source, @Kind, @SeedIndex, @PromptIndex, @AnswerIndex, @Category, @Score, @Unsafe, @Reasons,
                @Uncertainty, @PairsAtStake, @Value, @Group, @ContentHash, 0, @Wanted, @State, 1, 0, @CreatedUtc, @PromptText, @AnswerText);
        """;

    private const string DecisionSql = """
        INSERT INTO review_decisions
               (id, run_id, item, annotator, kind, origin, safety, behaviour, prompt, category, style, note, corrected, invalid, seconds,
                reason, guideline_version, suggestion_shown, batch, at_utc, replaces)
        VALUES (@Id, @Run, @Item, @Annotator, @Kind, @Origin, @Safety, @Behaviour, @Prompt, @Category, @Style, @Note, @Corrected, @Invalid,
                @Seconds, @Reason, @GuidelineVersion, @SuggestionShown, @Batch, @AtUtc, @Replaces);
        """;

    public static void Apply(SqliteConnection connection, SqliteTransaction transaction, IEnumerable<FrozenDecision> decisions)
    {
        var items = new HashSet<long>();
        foreach (var (item, decision, stands) in decisions)
        {
            if (items.Add(item.Key))
            {
                connection.Execute(ItemSql, Row(item), transaction);
            }

            connection.Execute(DecisionSql, Row(decision), transaction);
            if (stands)
            {
                StandingRows.Set(connection, transaction, item.Key, decision.Annotator, decision.Kind, decision.Id);
            }
        }

        foreach (var item in items)
        {
            StandingRows.Settle(connection, transaction, item);
        }
    }

    private static object Row(ReviewItem item) => new
    {
        item.Key,
        item.Run,
        item.Round,
        Source = item.Source.ToString(),
        Kind = item.Kind.ToString(),
        item.SeedIndex,
        item.PromptIndex,
        item.AnswerIndex,
        item.Category,
        item.Score,
        item.Unsafe,
        Reasons = (int)item.Reasons,
        item.Uncertainty,
        item.PairsAtStake,
        item.Value,
        item.Group,
        item.ContentHash,
        item.Wanted,
        State = item.State.ToString(),
        item.CreatedUtc,
        item.PromptText,
        item.AnswerText,
    };

    private static object Row(Decision decision) => new
    {
        decision.Id,
        decision.Run,
        decision.Item,
        decision.Annotator,
        Kind = decision.Kind.ToString(),
        Origin = decision.Origin.ToString(),
        Safety = decision.Answers.Safety?.ToString(),
        Behaviour = decision.Answers.Behaviour?.ToString(),
        Prompt = decision.Answers.Prompt?.ToString(),
        decision.Answers.Category,
        decision.Answers.Style,
        decision.Answers.Note,
        decision.Answers.Corrected,
        decision.Answers.Invalid,
        decision.Seconds,
        decision.Reason,
        decision.GuidelineVersion,
        decision.SuggestionShown,
        decision.Batch,
        decision.AtUtc,
        decision.Replaces,
    };
}
