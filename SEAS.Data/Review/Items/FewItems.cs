using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;

namespace SEAS.Data.Review.Items;

/// <summary>A few items of one round that are sent together: a person's own, above all.</summary>
/// <param name="Run">Their run.</param>
/// <param name="Round">Their round.</param>
/// <param name="Keys">Their keys, of those that are stored.</param>
/// <param name="Groups">Their near-duplicate groups.</param>
internal sealed record FewItems(RunId Run, int Round, IReadOnlyCollection<long> Keys, IReadOnlyCollection<string> Groups)
{
    /// <summary>More than these are placed with their whole round: it costs the same then.</summary>
    public const int Most = 8;

    private const string StoredSql = """
        SELECT key AS Key, grp AS Grp
          FROM review_items
         WHERE run_id       = @Run
           AND round        = @Round
           AND source       = @Source
           AND kind         = @Kind
           AND seed_index   = @SeedIndex
           AND prompt_index = @PromptIndex
           AND answer_index = @AnswerIndex;
        """;

    /// <summary>What the statements of <see cref="ItemOrder"/> take.</summary>
    public object Parameters => new { Run, Round, Keys = JsonSerializer.Serialize(Keys), Groups = JsonSerializer.Serialize(Groups) };

    /// <summary>Finds those of some candidates of one round that are stored by now.</summary>
    public static FewItems Of(SqliteConnection connection, SqliteTransaction transaction, IReadOnlyList<ReviewCandidate> candidates)
    {
        var (run, round) = (candidates[0].Run, candidates[0].Round);
        var stored = candidates.SelectMany(candidate => connection.Query<(long Key, string Group)>(
            StoredSql,
            new
            {
                Run = run,
                Round = round,
                Source = candidate.Source.ToString(),
                Kind = candidate.Kind.ToString(),
                candidate.SeedIndex,
                candidate.PromptIndex,
                candidate.AnswerIndex,
            },
            transaction)).ToList();
        return new FewItems(
            run,
            round,
            [.. stored.Select(item => item.Key).Distinct()],
            [.. stored.Select(item => item.Group).Concat(candidates.Select(candidate => candidate.Group)).Where(group => group.Length > 0)
                .Distinct()]);
    }
}

/// <summary>Among which items of its round one takes its turn.</summary>
internal sealed record ItemStand(long GroupTurn, long Worth, string Category);
