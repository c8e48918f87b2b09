using System.Globalization;
using Bunit;
using SEAS.Training.Measures;
using SEAS.Training.Runs.Stages;
using SEAS.Web.Components.Pages.RunDetail;
using SEAS.Web.Live;
using SEAS.Web.Live.Review;
using static SEAS.Tests.Components.Measured;

namespace SEAS.Tests.Components;

public sealed class HeadlineCardsTests : ComponentTest
{
    private const int HeldOut = 0;
    private const int SameRound = 1;
    private const int OverRefused = 2;
    private const int Useful = 3;

    [Fact]
    public void Before_the_first_evaluation_there_is_a_sentence_and_no_figure()
    {
        var cards = Draw(RunView.Waiting);

        Assert.Equal("They appear after the first evaluation, which follows the initialization.", cards.Shown(".card.none .sub"));
        Assert.Empty(cards.FindAll(".value"));
        Assert.DoesNotContain("%", cards.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Twelve_of_sixty_reads_as_twenty_percent_with_its_interval_its_n_and_what_truth_says()
    {
        var cards = Draw(View(Target(0, heldOut: 12, truth: 15)));

        Assert.Equal("Attack success, held-out prompts", cards.AllShown("h2")[HeldOut]);
        Assert.Equal("20.0 %", cards.AllShown(".value")[HeldOut]);
        Assert.Equal("95 % between 11.8 and 31.8 · n 60 · by truth 25.0 %", cards.AllShown(".details")[HeldOut]);
        Assert.Equal("How often T0 gives in before anything was hardened.", cards.AllShown(".sentence")[HeldOut]);
        Assert.Empty(cards.FindAll(".change"));
    }

    [Fact]
    public void What_a_run_has_no_prompts_for_is_said_to_be_not_measured()
    {
        var cards = Draw(View(Target(0) with { Static = null, OverRefusal = null, Usefulness = null }));

        Assert.Equal("not measured", cards.AllShown(".value")[HeldOut]);
        Assert.Equal("not measured", cards.AllShown(".value")[OverRefused]);
        Assert.Equal("not measured", cards.AllShown(".value")[Useful]);
        Assert.DoesNotContain("0.0", cards.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_figure_never_parts_from_its_unit_and_has_a_point_whatever_the_machine_s_language()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", PercentDecimalSeparator = "," } };
        try
        {
            Assert.StartsWith("20.0\u202f%", Draw(View(Target(0, heldOut: 12))).Find(".value").TextContent.Trim(), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_fall_to_outside_the_former_interval_is_good_for_attacks_and_bad_for_usefulness()
    {
        var cards = Draw(View(Target(0, heldOut: 30, useful: 57), Target(1, heldOut: 12, useful: 30)));

        var held = cards.FindAll(".card")[HeldOut].QuerySelector(".change")!;
        Assert.Equal("▼ 30.0 since T0", held.Shown());
        Assert.Equal("change good", held.ClassName?.Trim());
        Assert.Null(held.GetAttribute("title"));
        var useful = cards.FindAll(".card")[Useful].QuerySelector(".change")!;
        Assert.Equal("▼ 45.0 since T0", useful.Shown());
        Assert.Equal("change bad", useful.ClassName?.Trim());
        Assert.Equal("T1 against prompts that neither model trained on.", cards.AllShown(".sentence")[HeldOut]);
    }

    [Fact]
    public void A_change_that_may_be_chance_is_neither_good_nor_bad_and_says_so()
    {
        var cards = Draw(View(Target(0, heldOut: 15), Target(1, heldOut: 12)));

        var held = cards.FindAll(".card")[HeldOut].QuerySelector(".change")!;
        Assert.Equal("▼ 5.0 since T0", held.Shown());
        Assert.Equal("change", held.ClassName?.Trim());
        Assert.Equal("T0's figure lies within the interval: this may be chance.", held.GetAttribute("title"));
        Assert.Equal("= 0.0 since T0", cards.FindAll(".card")[Useful].QuerySelector(".change")!.Shown());
    }

    [Fact]
    public void What_was_not_measured_is_a_dash_and_never_nought()
    {
        var cards = Draw(View(Target(0, cells: [Cell(0, 0, 30)]), Target(1, cells: [Cell(1, 0, 45)])));

        Assert.Equal("–", cards.AllShown(".value")[SameRound]);
        Assert.Equal("Not measured in this round.", cards.AllShown(".sentence")[SameRound]);
        Assert.Equal("", cards.AllShown(".details")[SameRound]);
    }

    [Fact]
    public void A_true_nought_is_a_figure_with_an_interval()
    {
        var cards = Draw(View(Target(0, cells: [Cell(0, 0, 30)]), Target(1, cells: [Cell(1, 1, 0)])));

        Assert.StartsWith("0.0 %", cards.AllShown(".value")[SameRound], StringComparison.Ordinal);
        Assert.Equal("▼ 50.0 since T0", cards.FindAll(".card")[SameRound].QuerySelector(".change")!.Shown());
        Assert.Equal("95 % between 0.0 and 6.0 · n 60", cards.AllShown(".details")[SameRound]);
    }

    [Fact]
    public void Labels_of_refusals_stand_beside_the_target_that_they_were_given_for_and_no_other()
    {
        var ofFirst = OverRefusalView.Of(0, new OverRefusal(Proportion.Of(3, 60), Proportion.Of(1, 50), Labelled: 10, Turned: 2, Dropped: 10));

        Assert.EndsWith("· n 60 · by labels 2.0 % (n 50)", Draw(View(Target(0)), ofFirst).AllShown(".details")[OverRefused], StringComparison.Ordinal);
        Assert.EndsWith("· n 60", Draw(View(Target(0), Target(1)), ofFirst).AllShown(".details")[OverRefused], StringComparison.Ordinal);
    }

    private IRenderedComponent<HeadlineCards> Draw(RunView view, OverRefusalView? byLabels = null) =>
        Render<HeadlineCards>(card => card.Add(own => own.View, view).Add(own => own.ByLabels, byLabels));
}
