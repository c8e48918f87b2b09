using SEAS.Data.Contracts.Review;

namespace SEAS.Data.Review.Items;

/// <summary>What a query for a <see cref="ReviewItem"/> selects.</summary>
internal static class ItemColumns
{
    public const string All = """
        review_items.key            AS Key,
               review_items.run_id         AS Run,
               review_items.source         AS Source,
               review_items.round          AS Round,
               review_items.kind           AS Kind,
               review_items.seed_index     AS SeedIndex,
               review_items.prompt_index   AS PromptIndex,
               review_items.answer_index   AS AnswerIndex,
               review_items.category       AS Category,
               review_items.prompt_text    AS PromptText,
               review_items.answer_text    AS AnswerText,
               review_items.score          AS Score,
               review_items.unsafe         AS Unsafe,
               review_items.reasons        AS Reasons,
               review_items.uncertainty    AS Uncertainty,
               review_items.pairs_at_stake AS PairsAtStake,
               review_items.value          AS Value,
               review_items.grp            AS "Group",
               review_items.content_hash   AS ContentHash,
               review_items.state          AS State,
               review_items.submissions    AS Submissions,
               review_items.wanted         AS Wanted,
               review_items.created_utc    AS CreatedUtc
        """;
}
