using Dapper;
using SEAS.Data.Attacks;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Review.Decisions;
using SEAS.Data.Review.Items;
using SEAS.Data.Storage;
using SEAS.Data.Text;

namespace SEAS.Data.Lineage;

/// <summary>Finds single rows, and what was made of them.</summary>
public sealed class LineageRepository
{
    private readonly SqliteConnections _connections;

    internal LineageRepository(SqliteConnections connections) => _connections = connections;

    private const string OfSeeds = """
        WHERE run_id       = @Run
           AND round        = @Round
           AND seed_index  >= @From
           AND seed_index   < @To
        """;

    private const string PromptsSql = $"""
        SELECT {AttackColumns.Prompt}
          FROM prompts
         {OfSeeds}
         ORDER BY seed_index, prompt_index;
        """;

    /// <summary>The prompts written after some seeds of a round, by seed and prompt.</summary>
    /// <param name="run">The run.</param>
    /// <param name="round">The round.</param>
    /// <param name="from">The first seed.</param>
    /// <param name="to">The seed after the last one.</param>
    public IReadOnlyList<AdversarialPrompt> Prompts(RunId run, int round, int from, int to) =>
        Query<AdversarialPrompt>(PromptsSql, Seeds(run, round, from, to));

    /// <summary>One prompt, or null.</summary>
    public AdversarialPrompt? Find(PromptId id) => Prompts(id.Run, id.Round, id.Seed, id.Seed + 1)
        .FirstOrDefault(prompt => prompt.PromptIndex == id.Prompt);

    private const string ResponsesSql = $"""
        SELECT {AttackColumns.Response}
          FROM responses
         {OfSeeds}
         ORDER BY seed_index, prompt_index, answer_index;
        """;

    /// <summary>The answers to the prompts of some seeds of a round, by seed, prompt and answer.</summary>
    /// <inheritdoc cref="Prompts"/>
    public IReadOnlyList<TargetResponse> Responses(RunId run, int round, int from, int to) =>
        Query<TargetResponse>(ResponsesSql, Seeds(run, round, from, to));

    private const string VerdictsSql = $"""
        SELECT {AttackColumns.Verdict}
          FROM verdicts
         {OfSeeds}
         ORDER BY seed_index, prompt_index, answer_index;
        """;

    /// <summary>The verdicts on the answers of some seeds of a round, by seed, prompt and answer.</summary>
    /// <inheritdoc cref="Prompts"/>
    public IReadOnlyList<Verdict> Verdicts(RunId run, int round, int from, int to) =>
        Query<Verdict>(VerdictsSql, Seeds(run, round, from, to));

    private const string ItemsSql = $"""
        SELECT {ItemColumns.All}
          FROM review_items
         WHERE run_id       = @Run
           AND content_hash = @Hash
         ORDER BY key;
        """;

    /// <summary>What was sent to people with just these texts, by age: labels are about content.</summary>
    /// <param name="run">The run.</param>
    /// <param name="prompt">The prompt's text.</param>
    /// <param name="answer">The answer's text; empty for items about the prompt itself.</param>
    public IReadOnlyList<ReviewItem> Items(RunId run, string prompt, string answer) =>
        Query<ReviewItem>(ItemsSql, new { Run = run, Hash = ContentHash.Of(prompt, answer) });

    private const string DecisionSql = $"SELECT {DecisionRow.Columns} FROM review_decisions WHERE id = @Id AND run_id = @Run;";

    /// <summary>One decision, or null.</summary>
    public Decision? Find(LabelId id) => _connections.Read(connection =>
        connection.QuerySingleOrDefault<DecisionRow>(DecisionSql, new { id.Run, Id = id.Decision }))?.ToDecision();

    private const string PairSql = $"""
        SELECT {AttackColumns.Pair}
          FROM pairs
         WHERE run_id = @Run
           AND round  = @Round
           AND role   = @Role
           AND idx    = @Pair;
        """;

    /// <summary>One pair, or null.</summary>
    public PreferencePair? Find(PairId id) => Query<PreferencePair>(
        PairSql, new { id.Run, id.Round, Role = id.Role.ToString(), id.Pair }).FirstOrDefault();

    private const string PairsOfSql = $"""
        SELECT {AttackColumns.Pair}
          FROM pairs
         WHERE run_id = @Run
           AND round >= @Round
           AND role   = @Role
           AND prompt = @Prompt
           AND (chosen = @Text OR rejected = @Text OR source LIKE @Corrected)
         ORDER BY round, idx;
        """;

    /// <summary>The pairs that an answer became a part of, in its round or, through a late label, in a later one.</summary>
    /// <param name="id">The answer.</param>
    /// <param name="prompt">The prompt's text.</param>
    /// <param name="answer">The answer's text.</param>
    public IReadOnlyList<PreferencePair> PairsOf(AnswerId id, string prompt, string answer) => Query<PreferencePair>(PairsOfSql, new
    {
        id.Run,
        id.Round,
        Role = nameof(ModelRole.Target),
        Prompt = prompt,
        Text = answer,
        Corrected = FormattableString.Invariant($"{id.Round}.{id.Seed}.{id.Prompt}.{id.Answer} corrected over %"),
    });

    /// <summary>The pairs of R that a prompt became a part of, in its round or, through a late label, in a later one.</summary>
    /// <param name="id">The prompt.</param>
    /// <param name="seed">What R was shown.</param>
    /// <param name="prompt">The prompt's text.</param>
    public IReadOnlyList<PreferencePair> PairsOf(PromptId id, string seed, string prompt) => Query<PreferencePair>(
        PairsOfSql, new { id.Run, id.Round, Role = nameof(ModelRole.Red), Prompt = seed, Text = prompt, Corrected = "" });

    private static object Seeds(RunId run, int round, int from, int to) => new { Run = run, Round = round, From = from, To = to };

    private IReadOnlyList<T> Query<T>(string sql, object parameters) =>
        _connections.Read(connection => connection.Query<T>(sql, parameters).AsList());
}
