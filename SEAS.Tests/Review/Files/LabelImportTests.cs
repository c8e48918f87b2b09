using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Review.Files;
using SEAS.Training.Engine.Torch;

namespace SEAS.Tests.Review.Files;

public sealed class LabelImportTests : IDisposable
{
    private readonly LabelFolder _at = new();

    public void Dispose() => _at.Dispose();

    [Fact]
    public void Every_bad_row_is_named_with_its_column_and_nothing_is_stored()
    {
        _at.At.Add(4);
        var preview = _at.Preview("""
            round,seed_index,safety,prompt_label,invalid,seconds,annotator
            1,0,unsafe,,,1.5,Ann
            1,0,unsafe,,,1.5,Ann
            1,1,unsafe,,,,Ann
            1,1,safe,,,,Ann
            1,2,dangerous,,,,Ann
            1,99,safe,,,,Ann
            1,2,safe,maybe,perhaps,-1,Ann
            1,3,safe,,,,
            1,3,,,,,Ann
            x,3,safe,,,,Ann
            1,3,safe,,,,Ann,more

            """);

        Assert.Equal(
            new[]
            {
                "12 : expected 7 cells as in the header, found 8 on line 12; a cell with a delimiter in it belongs in quotes",
                "3 : expected each row once, but row 2 is the same",
                "5 annotator: expected one label of Ann for an item, but row 4 has another one: unsafe",
                "6 safety: expected one of safe, unsafe, cannot_tell, found 'dangerous'",
                "7 round: expected an item of run embedded-1, but there is none at round 1, seed 99, prompt 0, answer 0",
                "8 seconds: expected seconds, 0 or more, found '-1'",
                "8 prompt_label: expected one of harmful, harmless, ambiguous, found 'maybe'",
                "8 invalid: expected true or false, found 'perhaps'",
                "9 annotator: expected the name of a person, 1 to 80 characters, found 'nothing'",
                "11 round: expected a whole number from 0, found 'x'",
            }.Order(StringComparer.Ordinal),
            LabelFolder.Problems(preview).Order(StringComparer.Ordinal));
        Assert.Equal((10, 1), (preview.Rows, preview.Unlabelled));
        var refused = Assert.Throws<LabelFileException>(() => _at.Labels.Import.Apply(preview));
        Assert.Contains("10 with one; row 12", refused.Message, StringComparison.Ordinal);
        Assert.Empty(_at.At.Review.Decisions.Current(_at.At.Run));
    }

    [Fact]
    public void A_person_who_says_something_else_than_the_store_holds_is_a_problem()
    {
        var key = _at.At.Add(1)[0];
        _at.At.Label(key, "Ann");

        var preview = _at.Preview("round,seed_index,safety,annotator\n1,0,safe,Ann\n1,0,safe,Ben\n");

        Assert.Equal(
            ["2 annotator: expected one label of Ann for an item, but the store holds another one: unsafe"], LabelFolder.Problems(preview));
        Assert.Equal((2, 1), (preview.Matched, preview.New));
    }

    [Fact]
    public void A_label_that_came_between_preview_and_import_stops_all_of_it()
    {
        var keys = _at.At.Add(2);
        var preview = _at.Preview("round,seed_index,safety,annotator\n1,0,safe,Ann\n1,1,safe,Ann\n");
        _at.At.Label(keys[1], "Ann");

        var refused = Assert.Throws<LabelFileException>(() => _at.Labels.Import.Apply(preview));

        Assert.Contains($"row 3: Ann has labelled item {keys[1]} since", refused.Message, StringComparison.Ordinal);
        Assert.Empty(_at.At.Review.Decisions.History(keys[0]));
    }

    [Fact]
    public void Items_are_found_by_what_they_say_when_no_place_is_given()
    {
        var keys = _at.At.Add(_at.At.Candidate(0), _at.At.Candidate(1) with { PromptText = "prompt 1.0.0", AnswerText = "answer 1.0.0.0" });
        var hash = _at.At.Item(keys[0]).ContentHash;

        var preview = _at.Preview(
            $"content_hash,prompt,answer,Human Label,annotator\n{hash.ToUpperInvariant()},,,Can't tell,Ann\n" +
            ",prompt 1.0.0,answer 1.0.0.0,unsafe,Ben\n,prompt 1.0.0,another answer,unsafe,Ben\n");

        Assert.Equal(["4 prompt: expected the text of an item of run embedded-1, found one that was never sent to review there"],
            LabelFolder.Problems(preview));
        Assert.Equal((2, 4), (preview.Matched, preview.New));   // both items say the same
    }

    [Fact]
    public void A_place_whose_text_is_another_is_a_problem()
    {
        _at.At.Add(1);

        var preview = _at.Preview("round,seed_index,prompt,answer,safety\n1,0,other,answer 1.0.0.0,safe\n", annotator: "Ann");

        Assert.Equal(
            ["2 prompt: expected the text of the item at this place, found another one: the file belongs to another run"],
            LabelFolder.Problems(preview));
    }

    [Fact]
    public void Only_the_first_hundred_problems_are_kept_but_all_are_counted()
    {
        _at.At.Add(1);

        var preview = _at.Preview("round,seed_index,safety\n" + string.Concat(Enumerable.Repeat("1,0,what\n", 250)), annotator: "Ann");

        Assert.Equal((100, 250), (preview.Problems.Count, preview.ProblemCount));
    }

    [Theory]
    [InlineData("", "an empty file")]
    [InlineData("name,colour\na,b\n", "the columns 'name', 'colour'")]
    [InlineData("[{\"a\":1}", "Expected: an array that is closed.")]
    public void A_file_that_holds_no_labels_is_named(string text, string part) =>
        Assert.Contains(part, Assert.Throws<LabelFileException>(() => _at.Preview(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Missing_files_and_runs_are_named()
    {
        Assert.Contains(
            "no such file",
            Assert.Throws<LabelFileException>(() => _at.Labels.Import.Preview(_at.At.Run, "nowhere.csv")).Message,
            StringComparison.Ordinal);
        Assert.Throws<RunNotFoundException>(() => _at.Labels.Import.Preview(new("nobody"), "nowhere.csv"));
    }

    [Fact]
    public void An_import_for_a_run_that_was_deleted_meanwhile_stores_nothing()
    {
        _at.At.Add(1);
        var preview = _at.Preview("round,seed_index,safety,annotator\n1,0,safe,Ann\n");
        _at.At.At.Alter("PRAGMA foreign_keys = ON; DELETE FROM runs;");

        Assert.Throws<ReviewItemNotFoundException>(() => _at.Labels.Import.Apply(preview));
    }
}
