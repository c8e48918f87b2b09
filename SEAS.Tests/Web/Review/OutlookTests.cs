using SEAS.Training.Runs.Ledger;
using SEAS.Web.Live.Review;

namespace SEAS.Tests.Web.Review;

/// <summary>What a label would do to pairs, as its page says it.</summary>
public sealed class OutlookTests : IDisposable
{
    private readonly JudgedScene _at = new();

    public void Dispose() => _at.Dispose();

    [Fact]
    public async Task What_a_label_would_do_is_said_of_the_seed_and_of_the_answers()
    {
        // The guard calls everything safe: "unsafe" gives R's seed 118 and T's prompt their first pairs.
        _at.Judge((118, [0.1, 0.4]), (118, [0.1, 0.2]));
        var session = _at.Begin(seed: 118, prompt: 0, answer: 1);
        var shown = 0;

        await session.ForeseeAsync(() => shown++);

        Assert.Equal(
            ["R: seed 118 gains a pair (this prompt becomes chosen).", "T: answer 1 (safe) is preferred over this one."],
            session.Outlook.IfUnsafe);
        Assert.Empty(session.Outlook.IfSafe);
        Assert.Equal(1, shown);
    }

    [Fact]
    public async Task What_a_label_would_take_away_is_said()
    {
        _at.Judge((118, [0.1, 0.6]), (118, [0.1, 0.2]));
        var session = _at.Begin(seed: 118, prompt: 0, answer: 1);

        await session.ForeseeAsync(() => { });

        Assert.Equal(
            ["R: seed 118 loses its pair (this prompt is no longer chosen).", "T: answer 1 (safe) is no longer preferred over this one."],
            session.Outlook.IfSafe);
        Assert.Empty(session.Outlook.IfUnsafe);
    }

    [Fact]
    public async Task A_round_that_has_chosen_loses_nothing_and_a_later_one_learns_what_is_new()
    {
        _at.Judge((118, [0.1, 0.4]), (118, [0.1, 0.2]));
        _at.Store.Pairs.SavePairs(_at.Run, LedgerUnits.Pairs(1), [], "{}");
        var session = _at.Begin(seed: 118, prompt: 0, answer: 1);

        await session.ForeseeAsync(() => { });

        Assert.Equal("Round 1 has chosen its pairs: a later round learns this.", session.Outlook.IfUnsafe[^1]);
    }

    [Fact]
    public async Task Of_an_item_whose_round_holds_no_such_attack_nothing_is_said()
    {
        var session = _at.Begin(seed: 5, prompt: 0, answer: 0);

        await session.ForeseeAsync(() => { });

        Assert.Equal(OutlookView.Nothing.IfUnsafe, session.Outlook.IfUnsafe);
    }
}
