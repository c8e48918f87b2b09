using Dapper;
using Microsoft.Data.Sqlite;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Review.Decisions;
using SEAS.Data.Review.Settings;

namespace SEAS.Data.Review.Queue;

/// <summary>Appends decisions, within one transaction, and keeps what follows from them in step.</summary>
internal sealed class DecisionLog(SqliteConnection connection, SqliteTransaction transaction, LeaseBook leases, DateTimeOffset now)
{
    private const string GoldSql = "SELECT gold FROM review_items WHERE key = @Item;";

    /// <summary>Records a decision; the lease that it came with is given back, but for a draft.</summary>
    /// <exception cref="LeaseLostException">Its lease is gone.</exception>
    public Decision Record(ItemPlace place, NewDecision decision)
    {
        RequireSense(decision);
        RequireTurn(place, decision);
        if (decision.Kind == DecisionKind.Draft)
        {
            return Append(place, decision, replaces: null);
        }

        var former = decision.Kind == DecisionKind.Adjudicate
            ? connection.ExecuteScalar<long?>(GoldSql, new { decision.Item }, transaction)
            : StandingRows.Find(connection, transaction, decision.Item, decision.Annotator);
        var recorded = Append(place, decision, former);
        StandingRows.Set(connection, transaction, recorded.Item, recorded.Annotator, recorded.Kind, recorded.Id);
        StandingRows.Settle(connection, transaction, recorded.Item);
        leases.GiveBack(recorded.Item, recorded.Annotator);
        return recorded;
    }

    /// <summary>Whether a decision for a whole group reaches this item: not if others are at it, nor over the person's own label.</summary>
    public bool Reaches(ItemPlace place, NewDecision decision) =>
        place.Open && leases.HasRoom(place, decision.Annotator)
        && StandingRows.Find(connection, transaction, decision.Item, decision.Annotator) is null;

    /// <summary>What a decision would replace: the same person's on the same item; for a lead's, the lead's. Null if nothing.</summary>
    public Decision? Standing(NewDecision decision)
    {
        var id = decision.Kind == DecisionKind.Adjudicate
            ? connection.ExecuteScalar<long?>(GoldSql, new { decision.Item }, transaction)
            : StandingRows.Find(connection, transaction, decision.Item, decision.Annotator);
        return id is null ? null : connection.QuerySingle<DecisionRow>(DecisionSql, new { Id = id }, transaction).ToDecision();
    }

    private const string UndoneSql = """
        SELECT 1 FROM review_decisions WHERE replaces = @Id AND kind = 'Undo';
        """;

    private const string DecisionSql = $"SELECT {DecisionRow.Columns} FROM review_decisions WHERE id = @Id;";

    /// <summary>Takes a decision back: what it replaced stands again.</summary>
    public Decision Undo(Decision taken)
    {
        var place = ItemPlace.Of(connection, transaction, taken.Item);
        var undo = Append(
            place,
            new NewDecision(
                taken.Item,
                taken.Annotator,
                DecisionKind.Undo,
                taken.Answers,
                Seconds: 0,
                Reason: null,
                taken.GuidelineVersion,
                taken.SuggestionShown,
                taken.Origin,
                taken.Batch,
                Token: null),
            taken.Id);
        var stands = taken.Kind == DecisionKind.Adjudicate
            ? connection.ExecuteScalar<long?>(GoldSql, new { taken.Item }, transaction)
            : StandingRows.Find(connection, transaction, taken.Item, taken.Annotator);
        if (stands == taken.Id)
        {
            StandingRows.Set(connection, transaction, taken.Item, taken.Annotator, taken.Kind, Former(taken));
            StandingRows.Settle(connection, transaction, taken.Item);
        }

        return undo;
    }

    // What it replaced may have been taken back in the meantime, and so on.
    private long? Former(Decision decision)
    {
        var former = decision.Replaces;
        while (former is not null && connection.ExecuteScalar<long?>(UndoneSql, new { Id = former }, transaction) is not null)
        {
            former = connection.QuerySingle<DecisionRow>(DecisionSql, new { Id = former }, transaction).Replaces;
        }

        return former;
    }

    private const string AppendSql = $"""
        INSERT INTO review_decisions
               (run_id, item, annotator, kind, origin, safety, behaviour, prompt, category, style, note, corrected, invalid, seconds,
                reason, guideline_version, suggestion_shown, batch, at_utc, replaces)
        VALUES (@Run, @Item, @Annotator, @Kind, @Origin, @Safety, @Behaviour, @Prompt, @Category, @Style, @Note, @Corrected, @Invalid,
                @Seconds, @Reason, @GuidelineVersion, @SuggestionShown, @Batch, @AtUtc, @Replaces)
        RETURNING id;
        """;

    private Decision Append(ItemPlace place, NewDecision decision, long? replaces)
    {
        var answers = decision.Answers;
        var id = connection.ExecuteScalar<long>(
            AppendSql,
            new
            {
                place.Run,
                decision.Item,
                decision.Annotator,
                Kind = decision.Kind.ToString(),
                Origin = decision.Origin.ToString(),
                Safety = answers.Safety?.ToString(),
                Behaviour = answers.Behaviour?.ToString(),
                Prompt = answers.Prompt?.ToString(),
                answers.Category,
                answers.Style,
                answers.Note,
                answers.Corrected,
                answers.Invalid,
                decision.Seconds,
                decision.Reason,
                decision.GuidelineVersion,
                decision.SuggestionShown,
                decision.Batch,
                AtUtc = now,
                Replaces = replaces,
            },
            transaction);
        return new Decision(
            id,
            place.Run,
            decision.Item,
            decision.Annotator,
            decision.Kind,
            answers,
            decision.Seconds,
            decision.Reason,
            decision.GuidelineVersion,
            decision.SuggestionShown,
            decision.Origin,
            decision.Batch,
            now,
            replaces);
    }

    // A person decides on what is in front of them; only then is nothing labelled twice by mistake.
    private void RequireTurn(ItemPlace place, NewDecision decision)
    {
        if (decision.Kind is DecisionKind.Draft or DecisionKind.Adjudicate
            || decision.Origin is DecisionOrigin.Import or DecisionOrigin.Carried)
        {
            return;
        }

        if (decision.Origin == DecisionOrigin.Bulk ? !leases.HasRoom(place, decision.Annotator) : !leases.Holds(decision))
        {
            throw new LeaseLostException(decision.Item, decision.Annotator, leases.Fate(decision));
        }
    }

    private static void RequireSense(NewDecision decision)
    {
        AnnotatorRepository.RequireName(decision.Annotator);
        var found = decision.Kind == DecisionKind.Undo ? "is an undo; call Undo"
            : decision.Kind is DecisionKind.Submit or DecisionKind.Adjudicate && decision.Answers.IsEmpty
                ? "says nothing; answer a question, or skip the item"
            : decision.Seconds is not (>= 0 and < double.PositiveInfinity)
                ? FormattableString.Invariant($"took {decision.Seconds} seconds; 0 or more are expected")
            : null;
        if (found is not null)
        {
            throw new ArgumentException(FormattableString.Invariant($"The decision on item {decision.Item} {found}."), nameof(decision));
        }
    }
}
