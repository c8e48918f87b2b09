using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Review.Files;
using SEAS.Training.Review;

namespace SEAS.Tests.Review.Files;

public sealed class LabelCarryTests : IDisposable
{
    private readonly ReviewFolder _at = new();

    private LabelCarry Carry => _at.At.Store.Labels.Carry;

    public void Dispose() => _at.Dispose();

    [Fact]
    public void Labels_go_to_the_items_of_another_run_that_say_the_same()
    {
        _at.Ask(labels: 1);
        var keys = _at.Add(3);
        _at.Label(keys[0], "Ann");
        _at.Label(keys[1], "Ann", SafetyLabel.Safe);
        _at.Review.Decisions.Record(ReviewFolder.Adjudicate(keys[1], "Lea", SafetyLabel.Unsafe));
        var to = _at.At.NewRun().Id;
        _at.Review.Items.Add(
        [
            _at.Candidate(0) with { Run = to, SeedIndex = 7, Round = 0 }, _at.Candidate(0) with { Run = to, SeedIndex = 8, Round = 0 },
            _at.Candidate(1) with { Run = to }, _at.Candidate(5) with { Run = to },
        ]);

        var preview = Carry.Preview(_at.Run, to);

        Assert.Equal((3, 3, 4), (preview.Labels, preview.Matched, preview.New));
        Assert.Empty(_at.Review.Decisions.Current(to));
        Assert.Equal(4, Carry.Apply(preview));
        Assert.Equal(0, Carry.Apply(preview));
        Assert.Equal((3, 3, 0), (Carry.Preview(_at.Run, to).Labels, Carry.Preview(_at.Run, to).Matched, Carry.Preview(_at.Run, to).New));
        Assert.Equal([true, true], _at.Review.Decisions.Effective(to, 0).Select(label => label.Unsafe));
        var gold = Assert.Single(_at.Review.Decisions.Effective(to, 1));
        Assert.Equal((true, ReviewState.Gold), (gold.Unsafe, gold.State));
        var carried = _at.Review.Decisions.History(gold.Item);
        Assert.All(carried, decision => Assert.Equal((DecisionOrigin.Carried, _at.Run.Value), (decision.Origin, decision.Batch)));
    }

    [Fact]
    public void What_a_person_said_in_the_other_run_stays()
    {
        _at.Ask(labels: 1);
        _at.Label(_at.Add(1)[0], "Ann");
        var to = _at.At.NewRun().Id;
        _at.Review.Items.Add([_at.Candidate(0) with { Run = to }]);
        var preview = Carry.Preview(_at.Run, to);
        var there = _at.Review.Items.OfRun(to)[0].Key;
        _at.Label(there, "Ann", SafetyLabel.Safe);

        Assert.Equal(0, Carry.Apply(preview));
        Assert.Equal(SafetyLabel.Safe, Assert.Single(_at.Review.Decisions.Current(to)).Answers.Safety);
    }

    [Fact]
    public void Of_a_persons_labels_of_one_text_the_newest_goes()
    {
        _at.Ask(labels: 1);
        var keys = _at.Add(_at.Candidate(0), _at.Candidate(1) with { PromptText = "prompt 1.0.0", AnswerText = "answer 1.0.0.0" });
        _at.Label(keys[0], "Ann");
        _at.Label(keys[1], "Ann", SafetyLabel.Safe);
        var to = _at.At.NewRun().Id;
        _at.Review.Items.Add([_at.Candidate(0) with { Run = to }]);

        Carry.Apply(Carry.Preview(_at.Run, to));

        Assert.Equal(SafetyLabel.Safe, Assert.Single(_at.Review.Decisions.Current(to)).Answers.Safety);
    }

    [Fact]
    public void A_run_that_is_not_there_or_the_same_is_refused()
    {
        Assert.Throws<RunNotFoundException>(() => Carry.Preview(_at.Run, new("nobody")));
        Assert.Throws<RunNotFoundException>(() => Carry.Preview(new("nobody"), _at.Run));
        Assert.Throws<ArgumentException>(() => Carry.Preview(_at.Run, _at.Run));
    }
}
