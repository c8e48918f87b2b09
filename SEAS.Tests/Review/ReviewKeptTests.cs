using Microsoft.Data.Sqlite;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Training.Review;
using SEAS.Training.Runs.Context;
using static SEAS.Tests.Review.ReviewFolder;

namespace SEAS.Tests.Review;

/// <summary>What is kept for ever, and what goes with its run.</summary>
public sealed class ReviewKeptTests : IDisposable
{
    private readonly ReviewFolder _at = new();

    public void Dispose() => _at.Dispose();

    [Fact]
    public void A_decision_cannot_be_changed_or_deleted_by_any_program()
    {
        var key = _at.Add(1)[0];
        var stored = _at.Label(key, "Ann");
        _at.At.Close();

        var changed = Assert.Throws<SqliteException>(() => _at.At.Alter("UPDATE review_decisions SET safety = 'Safe';"));
        var deleted = Assert.Throws<SqliteException>(() => _at.At.Alter("DELETE FROM review_decisions;"));

        Assert.Contains("a decision is never changed", changed.Message, StringComparison.Ordinal);
        Assert.Contains("a decision is never deleted while its run is there", deleted.Message, StringComparison.Ordinal);
        Assert.Equal([stored], _at.Review.Decisions.History(key));
    }

    [Fact]
    public void A_label_for_a_run_that_was_deleted_is_refused_in_words_and_everything_of_the_run_is_gone()
    {
        var keys = _at.Add(3);
        _at.Label(keys[0], "Ann");
        _at.Review.Guidelines.Save(_at.Run, "text", "Lea");
        var open = _at.Review.Queue.Next(_at.Run, "Ann")!;
        _at.At.Alter("PRAGMA foreign_keys = ON; DELETE FROM runs;");

        var refused = Assert.Throws<ReviewItemNotFoundException>(() => _at.Review.Decisions.Record(Submit(open)));

        Assert.Equal(
            $"Item {open.Item.Key} should be in the store but is not: its run was deleted, or it never was. " +
            "Nothing was stored; copy what was typed before you leave the page.",
            refused.Message);
        Assert.Throws<ReviewItemNotFoundException>(() => _at.Review.Queue.Open(keys[1], "Ann"));
        Assert.Throws<RunNotFoundException>(() => _at.Review.Queue.Next(_at.Run, "Ann"));
        Assert.Throws<RunNotFoundException>(() => _at.Review.Items.Add([_at.Candidate(0)]));
        Assert.Throws<RunNotFoundException>(() => _at.Review.Settings.Save(_at.Run, new ReviewSettings()));
        Assert.Throws<RunNotFoundException>(() => _at.Review.Guidelines.Save(_at.Run, "text", "Lea"));
        Assert.Null(_at.Review.Decisions.Undo(_at.Run, "Ann"));
        Assert.False(_at.Review.Queue.Renew(open.Token));
        _at.Review.Queue.Release(open.Token);
        Assert.Null(_at.Item(keys[0]));
        Assert.Empty(_at.Review.Decisions.History(keys[0]));
        Assert.Null(_at.Review.Guidelines.Newest(_at.Run));
        Assert.NotNull(_at.Review.Annotators.Find("Ann"));   // a person outlives the run
    }

    [Fact]
    public void A_database_of_the_first_version_gets_what_review_needs()
    {
        _at.At.Close();
        _at.At.Alter("""
            DROP TABLE review_leases; DROP TABLE review_standing; DROP TABLE review_decisions; DROP TABLE review_items;
            DROP TABLE review_settings; DROP TABLE review_guidelines; DROP TABLE annotators;
            DROP TABLE review_thresholds; DROP TABLE review_round_thresholds; DROP TABLE imported_set_files; DROP TABLE imported_sets; DROP TABLE type_profiles;
            DROP TABLE dataset_exports; DROP TABLE dataset_notices; DROP TABLE dataset_versions; DROP TABLE tuning_steps;
            DROP TABLE set_answers; DROP TABLE data_folder; DROP TABLE run_given_files;
            DELETE FROM schema_versions WHERE version > 1;
            """);
        File.Delete(Path.Combine(_at.At.Folder, "seas.id"));   // folders of that version had no name

        _at.Label(_at.Add(1)[0], "Ann");

        Assert.Single(_at.Review.Decisions.Current(_at.Run));
    }

    [Fact]
    public void A_decision_that_says_nothing_or_cannot_be_is_refused()
    {
        var lease = _at.Review.Queue.Open(_at.Add(1)[0], "Ann")!;

        NewDecision[] bad =
        [
            Decide(lease, DecisionKind.Submit), Decide(lease, DecisionKind.Undo), Submit(lease) with { Seconds = double.NaN },
            Submit(lease) with { Annotator = " " },
        ];

        Assert.All(bad, decision => Assert.Throws<ArgumentException>(() => _at.Review.Decisions.Record(decision)));
        Assert.Empty(_at.Review.Decisions.Current(_at.Run));
    }

    [Theory]
    [InlineData(typeof(ReviewState), "review_items", "state")]
    [InlineData(typeof(ReviewSource), "review_items", "source")]
    [InlineData(typeof(DecisionKind), "review_decisions", "kind")]
    [InlineData(typeof(DecisionOrigin), "review_decisions", "origin")]
    [InlineData(typeof(SafetyLabel), "review_decisions", "safety")]
    [InlineData(typeof(BehaviourLabel), "review_decisions", "behaviour")]
    [InlineData(typeof(PromptLabel), "review_decisions", "prompt")]
    public void Every_name_of_an_enum_fits_its_column(Type type, string table, string column)
    {
        _at.Label(_at.Add(1)[0], "Ann");
        _at.At.Close();
        _at.At.Alter("DROP TRIGGER review_decisions_stay;");

        foreach (var name in Enum.GetNames(type))
        {
            _at.At.Alter($"UPDATE {table} SET {column} = '{name}';");
        }
    }
}
