using SEAS.Data.Contracts.Review;
using SEAS.Data.Datasets.Frozen;
using SEAS.Training.Runs.Context;

namespace SEAS.Tests.Datasets.Export;

/// <summary>A label makes those rounds be compared again that it is about, and no other.</summary>
public sealed class TouchedRoundTests : IDisposable
{
    private readonly DatasetFolder _at = new(rounds: 3);
    private readonly List<DatasetVersion> _frozen;

    public TouchedRoundTests() => _frozen = [.. Enumerable.Range(1, 3).Select(round => _at.Freeze(round))];

    [Fact]
    public void Rounds_that_a_label_is_not_about_are_not_read_again()
    {
        _at.Say(seed: 0, prompt: 1, answer: 0, isUnsafe: true, round: 1);

        Assert.Equal(2, _at.Freeze(1).Version);
        Assert.Equal(_frozen[1], _at.FreezeUnread(2));
        Assert.Equal(_frozen[2], _at.FreezeUnread(3));
        Assert.Equal(2, _at.FreezeUnread(1).Version);
    }

    [Fact]
    public void A_round_in_which_the_same_prompt_stands_is_read_again()
    {
        _at.At.Alter($"UPDATE prompts SET text = (SELECT text FROM prompts WHERE round = 1 AND seed_index = 0 AND prompt_index = 1) "
            + "WHERE round = 2 AND seed_index = 2 AND prompt_index = 1;");
        _at.Say(seed: 0, prompt: 1, answer: 0, isUnsafe: true, round: 1);

        Assert.Throws<InvalidOperationException>(() => _at.FreezeUnread(2));
        Assert.Equal(_frozen[2], _at.FreezeUnread(3));
    }

    [Theory]
    [InlineData("Target", "prompt")]
    [InlineData("Red", "chosen")]
    [InlineData("Red", "rejected")]
    public void A_round_whose_pairs_rest_on_the_labelled_prompt_of_an_earlier_one_is_read_again(string role, string column)
    {
        _at.At.Alter($"UPDATE pairs SET {column} = (SELECT text FROM prompts WHERE round = 1 AND seed_index = 0 AND prompt_index = 1) "
            + $"WHERE round = 3 AND role = '{role}' AND idx = 1;");
        _at.Say(seed: 0, prompt: 1, answer: 0, isUnsafe: true, round: 1);

        Assert.Equal(_frozen[1], _at.FreezeUnread(2));
        Assert.Throws<InvalidOperationException>(() => _at.FreezeUnread(3));
    }

    [Fact]
    public void Once_it_was_read_and_found_the_same_it_is_not_read_for_that_label_again()
    {
        _at.At.Alter($"UPDATE prompts SET text = (SELECT text FROM prompts WHERE round = 1 AND seed_index = 0 AND prompt_index = 1) "
            + "WHERE round = 2 AND seed_index = 2 AND prompt_index = 1;");
        var changed = _at.Freeze(2);   // nothing asked for it: no decision came
        _at.Say(seed: 0, prompt: 1, answer: 0, isUnsafe: true, round: 1);
        var second = _at.Freeze(2);

        Assert.Equal((1, 2), (changed.Version, second.Version));
        Assert.Equal(second, _at.FreezeUnread(2));
        _at.Say(seed: 1, prompt: 0, answer: 0, isUnsafe: true, round: 3);
        Assert.Equal(second, _at.FreezeUnread(2));
    }

    [Fact]
    public void To_skip_an_item_touches_nothing()
    {
        _at.Say(seed: 0, prompt: 1, answer: 0, isUnsafe: true, round: 1);
        _at.Freeze(1);
        _at.Store.Review.Queue.Open(1, "Bea");
        var lease = _at.Store.Review.Queue.Open(1, "Bea")!;
        _at.Store.Review.Decisions.Record(new SEAS.Data.Contracts.Review.NewDecision(
            1, "Bea", SEAS.Data.Contracts.Review.DecisionKind.Skip, new SEAS.Data.Contracts.Review.LabelAnswers(), 1, null, 0, SuggestionShown: false,
            SEAS.Data.Contracts.Review.DecisionOrigin.Person, Batch: null, lease.Token));

        Assert.Equal(2, _at.FreezeUnread(1).Version);
    }

    public void Dispose() => _at.Dispose();
}
