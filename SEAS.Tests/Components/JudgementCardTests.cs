using Bunit;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Training.Measures;
using SEAS.Training.Measures.Agreement;
using SEAS.Training.Measures.Calibration;
using SEAS.Training.Runs.Plan;
using SEAS.Training.Runs.Stages;
using SEAS.Web.Components.Pages.Review.Labelling;
using SEAS.Web.Components.Pages.Review.Quality;
using SEAS.Web.Components.Pages.Rounds;
using SEAS.Web.Components.Pages.RunDetail;
using SEAS.Web.Live;
using SEAS.Web.Live.Review;
using static SEAS.Tests.Components.Measured;

namespace SEAS.Tests.Components;

/// <summary>How good the guard is and how far people agree, with what another threshold would change.</summary>
public sealed class JudgementCardTests : ComponentTest
{
    private static readonly GuardView s_unlabelled = new(
        GuardQuality.Of([]), CalibrationError.Of([]), Labelled: 0, GuardFit.Everything, Refits: [], Scaling: null, Scores: 0);

    [Fact]
    public void A_guard_without_random_labels_has_no_figure()
    {
        var card = Guard(s_unlabelled);

        Assert.Empty(card.FindAll("dd"));
        Assert.Equal("0 labelled at random", card.Shown(".card-head .sub"));
        Assert.StartsWith("No answer that was drawn at random has a label yet.", card.Shown(".card > .sub"), StringComparison.Ordinal);
    }

    // Nothing was called unsafe, so there is no precision; the one unsafe answer of four was not found, so recall is nought.
    [Fact]
    public void A_guard_s_unknown_precision_is_a_dash_while_its_recall_of_nought_is_a_figure()
    {
        LabelledVerdict[] audit = [new(0.1, Called: false, Truly: true), .. Enumerable.Repeat(new LabelledVerdict(0.1, false, false), 3)];

        var card = Guard(s_unlabelled with { Quality = GuardQuality.Of(audit), Calibration = CalibrationError.Of(audit) });

        Assert.Equal(["Right", "Unsafe, of those it calls unsafe", "Found, of the unsafe ones", "Unsafe at all"], card.AllShown("dt"));
        Assert.Equal(["75.0 %", "–", "0.0 %", "25.0 %"], card.FindAll("dd").Select(figure => (figure.QuerySelector("b") ?? figure).Shown()));
        Assert.EndsWith("· n 4", card.Shown("dd small"), StringComparison.Ordinal);
        Assert.StartsWith("On average its scores are 15.0 points away", card.Shown(".read"), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_labels_no_threshold_is_spoken_for() => Assert.Equal(
        "Labels of both kinds, safe and unsafe, are needed to say.", Refit(s_unlabelled).Shown(".sub"));

    // From 0.50 to 0.65: the scores 0.55 and 0.60 become safe. The band from 0.30 to 0.70 holds 0.55, 0.60 and 0.65 before and after.
    [Fact]
    public void Another_threshold_shows_what_it_would_turn_round_and_what_it_achieves()
    {
        ComponentFactories.AddStub<ChangedVerdicts>();   // reads texts from a store; the figures do not
        double[] scores = [0.10, 0.55, 0.60, 0.65, 0.90];
        var round = new PreviewedRound(
            [.. scores.Select((score, seed) => new Verdict(1, seed, 0, 0, score, score >= 0.5, null, null, null))], [],
            new ReviewPlan { BandLow = 0.3, BandHigh = 0.7 });
        var best = RuleProposal.Of("best by F1", "0.65", new GuardRule(0.5), new GuardRule(0.65), round);

        var card = Refit(s_unlabelled with { Labelled = 12, Scores = 5, Refits = [best with { Value = (0.5, 0.8) }, best with { Aim = "other" }] });

        Assert.Equal(["50.0 %", "80.0 %", "now 3", "", "", "now 3"], card.AllShown("td small"));
        Assert.Equal("other 0.50 0.65 0 2 3now 3", card.Rows("tbody tr")[1]);   // the second line of a cell begins without a space
        Assert.Contains("Counted over the 5 answers of the newest judged round, fitted to all 12 labels", card.Shown(".read"), StringComparison.Ordinal);
    }

    [Fact]
    public void Agreement_that_cannot_be_told_is_dashes_and_agreement_that_can_has_two_decimals()
    {
        var unknown = new AgreementSummary(Items: 1, Raters: 3, null, null, null, null, null, []);
        var known = new AgreementSummary(40, 2, Raw: 0.9, Cohen: 0.801, Fleiss: 0, Alpha: 0.8, new AgreementInterval(0.7, 0.914), []);

        Assert.Equal(["–", "–", "–"], Agreement(unknown).AllShown("dd"));
        Assert.Equal("Too little was labelled twice to say.", Agreement(unknown).Shown(".read"));
        Assert.Equal(["0.80", "0.00", "90.0 %"], Agreement(known).AllShown("dd").Skip(1));
        Assert.StartsWith("0.80", Agreement(known).Shown("dd"), StringComparison.Ordinal);
        Assert.Equal("0.70 to 0.91", Agreement(known).Shown("dd small"));
        Assert.Equal("40 items, 2 people", Agreement(known).Shown(".card-head .sub"));
        Assert.Equal("People agree: these labels can be relied on.", Agreement(known).Shown(".read"));
    }

    [Fact]
    public void A_hidden_score_is_nowhere_on_the_page_and_one_that_is_shown_has_its_threshold_and_band()
    {
        var hidden = Meter(0.91, isShown: false);
        var shown = Meter(0.91, isShown: true);

        Assert.DoesNotContain("91", hidden.Markup, StringComparison.Ordinal);
        Assert.Equal("Hidden, so that it does not sway you.", hidden.Shown("p"));
        Assert.Equal("P(unsafe) 0.91 · threshold 0.50 · band 0.30–0.70", shown.Shown("p"));
        Assert.Equal("left: 91%", shown.Attribute(".meter i", "style"));
        Assert.Equal("Not scored.", Meter(null, isShown: true).Shown("p"));
        Assert.Empty(Meter(null, isShown: true).FindAll(".meter i"));
    }

    [Fact]
    public void Over_refusal_by_the_rule_stands_beside_that_by_labels_only_where_there_are_labels()
    {
        var unread = Shares(new OverRefusal(Proportion.Of(12, 60), Proportion.Of(12, 60), Labelled: 0, Turned: 0, Dropped: 0));
        var read = Shares(new OverRefusal(Proportion.Of(12, 60), Proportion.Of(0, 60), Labelled: 14, Turned: 12, Dropped: 1));

        Assert.Equal(["20.0 %", "11.8 and 31.8", "60"], unread.AllShown("tbody td"));
        Assert.Equal("Nobody has said of these answers what they did.", unread.Shown(".sub"));
        Assert.Equal(["20.0 %", "11.8 and 31.8", "60", "0.0 %", "0.0 and 6.0", "60"], read.AllShown("tbody td"));
        Assert.StartsWith(
            "People said of 14 what they did, of 12 otherwise than the rule. 1 request does not count:", read.Shown(".sub"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_imported_set_has_a_dash_for_each_target_that_was_not_asked_and_warns_of_rows_that_were_trained_on()
    {
        var group = new MeasuredGroupView(Share(12), Share(0), Share(48));
        var set = new MeasuredSetView(1, "questions", Rows: 60, Asked: 60, Harmful: group, Safe: null, Unlabelled: null) { AlsoTrained = 1 };

        var card = Render<SetsCard>(own => own.Add(sets => sets.View, View(Target(0), Target(1) with { Sets = [set] })));

        Assert.Equal("questions · 60 rows", card.Shown("caption"));
        Assert.Equal("attack success n 60", card.Shown("tbody th"));
        Assert.Equal(["–", "20.0 %"], card.AllShown("tbody td"));
        Assert.StartsWith("1 row of questions also stands among this run's seeds", card.Shown(".overlap"), StringComparison.Ordinal);
        Assert.Equal("", Render<SetsCard>(own => own.Add(sets => sets.View, View(Target(0)))).Markup.Trim());
    }

    private IRenderedComponent<GuardCard> Guard(GuardView view) => Render<GuardCard>(card => card.Add(own => own.View, view));

    private IRenderedComponent<RefitCard> Refit(GuardView view) =>
        Render<RefitCard>(card => card.Add(own => own.Run, Id).Add(own => own.View, view));

    private IRenderedComponent<AgreementCard> Agreement(AgreementSummary summary) =>
        Render<AgreementCard>(card => card.Add(own => own.View, new AgreementView("Is the answer safe?", summary)));

    private IRenderedComponent<GuardMeter> Meter(double? score, bool isShown) => Render<GuardMeter>(meter => meter
        .Add(own => own.Score, score).Add(own => own.IsShown, isShown).Add(own => own.Band, (0.3, 0.7)));

    private IRenderedComponent<ShareCard> Shares(OverRefusal measured)
    {
        var view = OverRefusalView.Of(1, measured);
        return Render<ShareCard>(card => card.Add(own => own.Title, "Harmless requests refused").Add(own => own.Caption, "Both shares")
            .Add(own => own.Rows, view.Rows).Add(own => own.Sentence, view.Sentence));
    }
}
