using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import;
using SEAS.Data.Datasets.Import.Staging;
using SEAS.Tests.Storage;
using SEAS.Training.Engine.Torch;
using SEAS.Training.Measures.Grouping;

namespace SEAS.Tests.Datasets.Import.Staging;

public sealed class SetComparisonTests : IDisposable
{
    private readonly StoreFolder _at = new();

    public void Dispose() => _at.Dispose();

    [Fact]
    public void Rows_that_are_there_already_or_stand_twice_are_counted_and_can_be_left_out()
    {
        Take("first", "Paint a door\nOpen a door\n");
        var request = Request("second", "Open a door\nWash a wall\nWash a wall\nClimb a hill\n");

        var counts = _at.Store.Sets.Import.Preview(request).Counts;
        var taken = _at.Store.Sets.Import.Apply(request with { OnlyNew = true }).Set;

        Assert.Equal((4, 1, 1, 2), (counts.Rows, counts.AlreadyThere, counts.Repeated, counts.New));
        Assert.Equal(2, taken.Rows);
        Assert.Equal(["Wash a wall", "Climb a hill"], _at.Store.Sets.Rows("second").Select(row => row.Row.Prompt));
    }

    [Fact]
    public void A_file_in_which_nothing_is_new_is_refused_where_only_new_rows_are_wanted()
    {
        Take("first", "Paint a door\n");

        var refused = Assert.Throws<PromptSetException>(
            () => _at.Store.Sets.Import.Apply(Request("second", "Paint a door\n") with { OnlyNew = true }));

        Assert.Contains("all there already", refused.Message, StringComparison.Ordinal);
        Assert.Single(_at.Store.Sets.List());
    }

    [Fact]
    public void The_same_prompt_for_another_purpose_is_not_there_already()
    {
        Take("first", "Paint a door\n");

        var counts = _at.Store.Sets.Import.Preview(Request("second", "Paint a door\n") with { Purpose = DatasetPurpose.Evaluation }).Counts;

        Assert.Equal((0, 1), (counts.AlreadyThere, counts.New));
    }

    [Fact]
    public void A_split_keeps_what_is_nearly_the_same_on_one_side()
    {
        // Forty texts, five times each: as it is, with another number, with another quote, with other signs, and nearly the same.
        var rows = Enumerable.Range(0, 40).SelectMany(at => (string[])
        [
            $"Tell the {Word(at)} gardener to paint the long wooden fence of house 1 before the {Word(at + 3)} rain",
            $"Tell the {Word(at)} gardener to paint the long wooden fence of house 2 before the {Word(at + 3)} rain",
            $"Tell the {Word(at)} gardener to paint \"the long wooden fence\" of house 1 before the {Word(at + 3)} rain",
            $"tell the {Word(at)} gardener to paint the long wooden fence of house 1 before the {Word(at + 3)} rain!",
            $"Please tell the {Word(at)} gardener to paint the long wooden fence of house 1 before the {Word(at + 3)} rain",
        ]);
        var request = Request("split", string.Join('\n', rows)) with { Split = new SplitShares(60, 20, 20), Group = NearDuplicates.Of };

        var set = _at.Store.Sets.Import.Apply(request).Set;

        var sides = _at.Store.Sets.Rows("split", limit: 1000).GroupBy(row => (row.Row.Row - 1) / 5).ToList();
        Assert.Equal(40, sides.Count);
        Assert.All(sides, group => Assert.Single(group.Select(row => row.Split).Distinct()));
        Assert.True(set.Train > 0 && set.Validation > 0 && set.Test > 0, $"{set.Train}, {set.Validation}, {set.Test}");
        Assert.Equal(set.Test, _at.Store.Sets.Rows("split", limit: 1000, split: DatasetSplit.Test).Count);
    }

    [Fact]
    public void A_split_of_the_same_rows_is_the_same_in_any_order()
    {
        var rows = Enumerable.Range(0, 60).Select(at => $"{Word(at)} paints a {Word(at + 7)} door for the {Word(at + 1)}").ToList();
        Take("one", string.Join('\n', rows), new SplitShares(50, 25, 25));
        Take("two", string.Join('\n', Enumerable.Reverse(rows)), new SplitShares(50, 25, 25));

        var sides = new[] { "one", "two" }.Select(name => _at.Store.Sets.Rows(name, limit: 100)
            .OrderBy(row => row.Row.Prompt, StringComparer.Ordinal).Select(row => (row.Row.Prompt, row.Split)).ToList()).ToList();

        Assert.Equal(sides[0], sides[1]);
        Assert.Equal(_at.Store.Sets.Find("one")!.Content, _at.Store.Sets.Find("two")!.Content);
        Assert.NotEqual(_at.Store.Sets.Find("one")!.Sha256, _at.Store.Sets.Find("two")!.Sha256);
    }

    [Fact]
    public void Types_are_mapped_by_a_saved_profile_and_by_what_is_said_now()
    {
        _at.Store.Sets.Types.Save("houses", new Dictionary<string, string> { ["Doors"] = "Role_Play", ["walls"] = "Word_Play" });
        var path = Write("t.csv", "prompt,category\nPaint,doors\nWash,Walls\nClimb,hills\nHate,hate speech\n");

        var outcome = _at.Store.Sets.Import.Apply(new SetRequest(path, DatasetPurpose.Seeds)
        {
            TypeProfile = "houses", Types = new Dictionary<string, string> { ["WALLS"] = "Code_Nesting" },
        });

        Assert.Equal(
            [("Paint", "Role_Play"), ("Wash", "Code_Nesting"), ("Climb", "Hills"), ("Hate", "Hate_Speech")],
            _at.Store.Sets.Rows("t").Select(row => (row.Row.Prompt, row.Type)));
        var hate = Assert.Single(outcome.Preview.Types, type => type.Found == "hate speech");
        Assert.Equal((false, "Unfairness_And_Discrimination"), (hate.IsKnown, hate.Proposed));
        Assert.Throws<StoreException>(
            () => _at.Store.Sets.Import.Preview(new SetRequest(path, DatasetPurpose.Seeds) { TypeProfile = "no" }));
    }

    private static string Word(int at) => new[]
    {
        "amber", "brisk", "copper", "dusty", "early", "faint", "green", "hollow", "ivory", "jolly", "keen", "lofty", "mellow", "narrow",
    }[at % 14] + (char)('a' + (at / 14));

    private void Take(string name, string text, SplitShares? split = null) =>
        _at.Store.Sets.Import.Apply(Request(name, text) with { Split = split ?? SplitShares.AllTrain });

    private SetRequest Request(string name, string text) => new(Write(name + ".txt", text), DatasetPurpose.Seeds);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_at.Folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
