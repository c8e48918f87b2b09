using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Review.Settings;
using SEAS.Data.Storage;
using SEAS.Data.Text;

namespace SEAS.Data.Review.Items;

/// <summary>Turns candidates into rows: draws who is in the overlap, and gives the rounds that they fall in their order.</summary>
internal static class CandidateRows
{
    /// <summary>The lot of an item is below this.</summary>
    public const int Lots = 1_000_000;

    // A value of nothing is worth less than any other: 2^-1074 is the smallest double.
    private const int WorthNothing = -2000;

    private const string CountSql = "SELECT count(*) FROM review_items WHERE run_id = @Run;";

    private const string AddSql = """
        INSERT INTO review_items
               (run_id, round, source, kind, seed_index, prompt_index, answer_index, category, score, unsafe, reasons, uncertainty,
                pairs_at_stake, value, grp, content_hash, lot, wanted, state, open, worth, created_utc, prompt_text, answer_text)
        VALUES (@Run, @Round, @Source, @Kind, @SeedIndex, @PromptIndex, @AnswerIndex, @Category, @Score, @Unsafe, @Reasons, @Uncertainty,
                @PairsAtStake, @Value, @Group, @ContentHash, @Lot, @Wanted, 'Pending', 1, @Worth, @CreatedUtc, @PromptText, @AnswerText)
        ON CONFLICT (run_id, round, source, kind, seed_index, prompt_index, answer_index) DO UPDATE
           SET reasons        = reasons | excluded.reasons,
               uncertainty    = max(uncertainty, excluded.uncertainty),
               pairs_at_stake = max(pairs_at_stake, excluded.pairs_at_stake),
               value          = max(value, excluded.value),
               worth          = max(worth, excluded.worth),
               grp            = CASE grp WHEN '' THEN excluded.grp ELSE grp END;
        """;

    public static int Add(
        SqliteConnection connection, SqliteTransaction transaction, IReadOnlyCollection<ReviewCandidate> candidates, DateTimeOffset now)
    {
        var added = 0L;
        foreach (var candidate in candidates)
        {
            RequireSense(candidate);
        }

        foreach (var ofRun in candidates.GroupBy(candidate => candidate.Run))
        {
            var run = new { Run = ofRun.Key };
            if (!SqliteConnections.HasRun(connection, transaction, ofRun.Key))
            {
                throw new RunNotFoundException(ofRun.Key);
            }

            var settings = StoredReviewSettings.Get(connection, transaction, ofRun.Key);
            var rows = ofRun.Select(candidate => Row(candidate, settings, now));
            added += ofRun.Count() > FewItems.Most
                ? AddMany(connection, transaction, [.. ofRun], rows)
                : AddFew(connection, transaction, [.. ofRun], rows);
        }

        return (int)added;
    }

    private static long AddMany(
        SqliteConnection connection, SqliteTransaction transaction, List<ReviewCandidate> candidates, IEnumerable<object> rows)
    {
        var run = candidates[0].Run;
        var before = connection.ExecuteScalar<long>(CountSql, new { Run = run }, transaction);
        connection.Execute(AddSql, rows, transaction);
        foreach (var round in candidates.Select(candidate => candidate.Round).Distinct())
        {
            ItemOrder.Arrange(connection, transaction, run, round);
        }

        return connection.ExecuteScalar<long>(CountSql, new { Run = run }, transaction) - before;
    }

    // A round of 100,000 is neither counted nor arranged anew for one item that a person sends: only where it takes its turn.
    private static long AddFew(
        SqliteConnection connection, SqliteTransaction transaction, List<ReviewCandidate> candidates, IEnumerable<object> rows)
    {
        var rounds = candidates.GroupBy(candidate => candidate.Round).Select(round => round.ToList()).ToList();
        List<FewItems> Stored() => rounds.ConvertAll(round => FewItems.Of(connection, transaction, round));
        var before = Stored();
        var stood = before.ConvertAll(few => ItemOrder.Stands(connection, transaction, few));
        connection.Execute(AddSql, rows, transaction);
        var after = Stored();
        foreach (var (few, stands) in after.Zip(stood))
        {
            ItemOrder.Arrange(connection, transaction, few, stands);
        }

        return after.Sum(few => few.Keys.Count) - before.Sum(few => few.Keys.Count);
    }

    private static object Row(ReviewCandidate candidate, ReviewSettings settings, DateTimeOffset now)
    {
        var lot = Lot(candidate);
        return new
        {
            candidate.Run,
            candidate.Round,
            Source = candidate.Source.ToString(),
            Kind = candidate.Kind.ToString(),
            candidate.SeedIndex,
            candidate.PromptIndex,
            candidate.AnswerIndex,
            candidate.Category,
            candidate.Score,
            candidate.Unsafe,
            Reasons = (int)candidate.Reasons,
            candidate.Uncertainty,
            candidate.PairsAtStake,
            candidate.Value,
            candidate.Group,
            ContentHash = ContentHash.Of(candidate.PromptText, candidate.AnswerText),
            Lot = lot,
            Wanted = Wanted(lot, settings),
            Worth = candidate.Value > 0 ? (int)Math.Floor(Math.Log2(candidate.Value)) : WorthNothing,
            CreatedUtc = now,
            candidate.PromptText,
            candidate.AnswerText,
        };
    }

    /// <summary>How many people are to label an item that drew this lot.</summary>
    public static int Wanted(int lot, ReviewSettings settings) =>
        lot < settings.OverlapShare * Lots ? Math.Max(2, settings.MinimumSubmissions) : settings.MinimumSubmissions;

    // From what the item is, so that adding it again, or on another machine, draws the same.
    private static int Lot(ReviewCandidate candidate)
    {
        var name = FormattableString.Invariant(
            $"{candidate.Run} {candidate.Round} {candidate.Source} {candidate.Kind} ") + FormattableString.Invariant(
            $"{candidate.SeedIndex} {candidate.PromptIndex} {candidate.AnswerIndex}");
        return (int)(BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name))) % Lots);
    }

    private static void RequireSense(ReviewCandidate candidate)
    {
        var found = !double.IsFinite(candidate.Value) ? FormattableString.Invariant($"a value of {candidate.Value}, not a finite number")
            : candidate.Uncertainty is not (>= 0 and <= 1)
                ? FormattableString.Invariant($"an uncertainty of {candidate.Uncertainty}, not 0 to 1")
            : candidate.Score is not (null or (>= 0 and <= 1)) ? FormattableString.Invariant($"a score of {candidate.Score}, not 0 to 1")
            : (candidate.Kind == ReviewKind.Prompt) != (candidate.AnswerIndex == -1)
                ? FormattableString.Invariant($"the answer index {candidate.AnswerIndex}; only and all prompts have -1")
                : null;
        if (found is not null)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The candidate {candidate.Round}.{candidate.SeedIndex}.{candidate.PromptIndex}.{candidate.AnswerIndex} has {found}."));
        }
    }
}
