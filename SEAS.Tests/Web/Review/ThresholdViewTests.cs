using SEAS.Data;
using SEAS.Data.Contracts.Review;
using SEAS.Tests.Storage;
using SEAS.Training.Review;
using SEAS.Training.Runs.Context;
using SEAS.Web.Live.Review;

namespace SEAS.Tests.Web.Review;

/// <summary>What the quality page lists of a refitted threshold, and what pages say of one in force.</summary>
public sealed class ThresholdViewTests : IDisposable
{
    private readonly StoreFolder _at = new();

    public void Dispose() => _at.Dispose();

    private Store Store => _at.Store;

    [Fact]
    public void The_verdicts_that_would_change_are_listed_with_their_items_and_no_more_than_fifty()
    {
        var scene = Judged(items: 120);
        scene.Label("Ada", 40, item => item.Score >= 0.42 ? SafetyLabel.Unsafe : SafetyLabel.Safe);

        var view = GuardView.Of(Store, Store.Runs.Get(scene.Run));
        var refit = Assert.Single(view.Refits, refit => refit.Aim == "best by F1");

        Assert.InRange(refit.To.Threshold, 0.4, 0.43);
        Assert.True(refit.IsNew);
        Assert.True(refit.Preview.Changed > 0);
        Assert.Equal(Math.Min(50, refit.Preview.Changed), refit.Changes.Count);
        Assert.All(refit.Changes, change =>
        {
            Assert.True(change.Unsafe);
            Assert.InRange(change.Verdict.Score, refit.To.Threshold, 0.5);
            Assert.Equal(change.Verdict.SeedIndex, Store.Review.Items.Find(change.Item!.Value)!.SeedIndex);
        });
    }

    [Fact]
    public void An_applied_threshold_is_what_the_next_refit_starts_from_and_pages_say_who_moved_it()
    {
        var scene = Judged(items: 60);
        scene.Label("Ada", 40, item => item.Score >= 0.42 ? SafetyLabel.Unsafe : SafetyLabel.Safe);
        var run = Store.Runs.Get(scene.Run);
        Assert.Null(ThresholdView.Of(Store, run).Sentence(_at.Clock));
        Assert.Equal((0.5, 3), (ThresholdView.Of(Store, run).InForce, ThresholdView.Of(Store, run).NextRound));

        var refit = GuardView.Of(Store, run).Refits[0];
        var change = Store.Review.Thresholds.Apply(run.Id, refit.Now, refit.To, "Ada", "best by F1");
        Store.Review.Thresholds.Freeze(run.Id, 2, new(0.5), used: new(0.5));

        Assert.All(GuardView.Of(Store, run).Refits, next => Assert.Equal((change.To, false), (next.Now.Threshold, next.IsNew)));
        Assert.StartsWith("From round 3 on a score of 0.4", ThresholdView.Of(Store, run).Sentence(_at.Clock), StringComparison.Ordinal);
        Assert.Contains("Ada moved the threshold from 0.50 to 0.4", ThresholdView.Of(Store, run).Sentence(_at.Clock),
            StringComparison.Ordinal);
        Assert.EndsWith("0.50 or more unsafe in this round, as planned.", ThresholdView.OfRound(Store, run, 2, _at.Clock),
            StringComparison.Ordinal);
        Assert.Null(ThresholdView.OfRound(Store, run, 3, _at.Clock));

        Store.Review.Thresholds.Freeze(run.Id, 3, new(0.5), used: null);

        Assert.Contains("in this round: Ada moved", ThresholdView.OfRound(Store, run, 3, _at.Clock), StringComparison.Ordinal);
        Assert.Null(ThresholdView.Of(Store, run).NextRound);
    }

    [Fact]
    public void A_link_opens_its_item_and_says_so_where_it_cannot()
    {
        var scene = Judged(items: 5);
        var session = new ReviewSession(Store, scene.Run, "Ada", _at.Clock);
        var wanted = scene.Items.First(item => item.Key != session.Card?.Item.Key);

        session.Open(wanted.Key);
        Assert.Equal(wanted.Key, session.Card!.Item.Key);
        Assert.Null(session.Notice);

        session.Open(9999);
        Assert.Equal(wanted.Key, session.Card!.Item.Key);
        Assert.Contains("The item of that link", session.Notice!.Text, StringComparison.Ordinal);
    }

    private ReviewScene Judged(int items)
    {
        var scene = new ReviewScene(Store, items);
        scene.Judge();
        return scene;
    }
}
