namespace SEAS.Data.Attacks;

/// <summary>The columns of an attack's rows, each in the order of its record.</summary>
internal static class AttackColumns
{
    public const string Prompt = """
        round        AS Round,
               seed_index   AS SeedIndex,
               prompt_index AS PromptIndex,
               category     AS Category,
               text         AS Text,
               tokens       AS Tokens,
               stopped      AS Stopped,
               asks_harm    AS AsksHarm,
               seed_text    AS SeedText
        """;

    public const string Response = """
        round        AS Round,
               seed_index   AS SeedIndex,
               prompt_index AS PromptIndex,
               answer_index AS AnswerIndex,
               text         AS Text,
               tokens       AS Tokens,
               stopped      AS Stopped
        """;

    public const string Verdict = """
        round        AS Round,
               seed_index   AS SeedIndex,
               prompt_index AS PromptIndex,
               answer_index AS AnswerIndex,
               score        AS Score,
               unsafe       AS Unsafe,
               categories   AS Categories,
               true_kind    AS TrueKind,
               truly_unsafe AS TrulyUnsafe
        """;

    public const string Pair = """
        round    AS Round,
               role     AS Role,
               idx      AS "Index",
               prompt   AS Prompt,
               chosen   AS Chosen,
               rejected AS Rejected,
               source   AS Source
        """;
}
