using Bunit;
using SEAS.Web.Components.Pages.RunDetail;
using SEAS.Web.Live;
using static SEAS.Tests.Components.Measured;

namespace SEAS.Tests.Components;

/// <summary>Attackers against targets, and the first column of that as a chart by round.</summary>
public sealed class MatrixCardTests : ComponentTest
{
    // R1 breaks T0 in 45 of 60, R0 in 30: 25 points more. R1 breaks T1 in 12 of 60: 55 points less than T0. R0 never breaks T1.
    private static readonly RunView s_measured = View(
        Target(0, cells: [Cell(0, 0, 30, truth: 15)]), Target(1, cells: [Cell(1, 0, 45, truth: 45), Cell(0, 1, 0), Cell(1, 1, 12, truth: 9)]));

    [Fact]
    public void Before_the_first_evaluation_every_cell_is_a_dash()
    {
        var card = Draw(RunView.Waiting, rounds: 1);

        Assert.Equal(["–", "–", "–", "–"], card.AllShown("tbody td"));
        Assert.All(card.FindAll("tbody td"), cell => Assert.Equal("Not measured", cell.GetAttribute("title")));
        Assert.Equal("The first evaluation fills the first cell.", card.Shown(".read"));
        Assert.Empty(card.FindAll(".switch"));
    }

    [Fact]
    public void A_row_is_an_attacker_a_column_a_target_and_nought_is_told_from_not_measured()
    {
        var card = Draw(s_measured, rounds: 2);

        Assert.Equal(["T0", "T1", "T2"], card.AllShown("thead th"));
        Assert.Equal(["R0 50.0 0.0 –", "R1 75.0 20.0 –", "R2 – – –"], card.Rows("tbody tr"));
        Assert.Equal("95 % between 0.0 and 6.0, n 60", card.Attribute("tbody tr:nth-child(1) td:nth-of-type(2)", "title"));
        Assert.Equal("--heat: 10%", card.Attribute("tbody tr:nth-child(2) td:nth-of-type(2)", "style"));
        Assert.Null(card.Attribute("tbody tr:nth-child(3) td:nth-of-type(1)", "style"));
    }

    [Fact]
    public void The_sentence_says_by_how_many_points_both_have_learnt() => Assert.Equal(
        "Down a column the attacker gets better; along a row the target does. R1 breaks T0 25 points more often than R0 did. "
            + "The same R1 breaks T1 55 points less often than T0.",
        Draw(s_measured, rounds: 1).Shown(".read"));

    [Fact]
    public void By_truth_the_cells_are_others_and_one_whose_truth_nobody_knows_is_a_dash()
    {
        var card = Draw(s_measured, rounds: 1);

        card.FindAll(".switch button")[1].Click();

        Assert.Equal(["R0 25.0 –", "R1 75.0 15.0"], card.Rows("tbody tr"));
        Assert.Equal("true", card.FindAll(".switch button")[1].GetAttribute("aria-pressed"));
        Assert.Contains("by truth", card.Shown("caption"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_chart_by_round_is_a_sentence_until_there_is_a_point()
    {
        var chart = Chart(RunView.Waiting);

        Assert.Empty(chart.FindAll("svg"));
        Assert.StartsWith("One point per evaluation, with its 95 % interval.", chart.Shown(".sub"), StringComparison.Ordinal);
        Assert.Equal(
            "T0 gives in to 50.0 % of the held-out prompts: where hardening starts from.", Chart(View(Target(0, heldOut: 30))).Shown(".read"));
    }

    // 100 % is at 10 and 0 % at 150: 50 % is at 80, 20 % at 122; T0 is at 60 and T1, of one round, at 370.
    [Fact]
    public void The_chart_by_round_draws_each_share_at_its_height_and_says_the_change()
    {
        var chart = Chart(View(Target(0, heldOut: 30), Target(1, heldOut: 12)));

        Assert.Equal("60,80 370,122", chart.Attribute("polyline", "points"));
        Assert.Equal(("133.4", "105.5"), (chart.FindAll(".whisker")[1].GetAttribute("y1"), chart.FindAll(".whisker")[1].GetAttribute("y2")));
        Assert.Equal("From T0 to T1 attack success fell from 50.0 % to 20.0 %.", chart.Shown(".read"));
        Assert.Equal(chart.Shown(".read"), chart.Attribute("svg", "aria-label"));
        Assert.Empty(chart.FindAll(".truth"));
    }

    private IRenderedComponent<MatrixCard> Draw(RunView view, int rounds) =>
        Render<MatrixCard>(card => card.Add(own => own.View, view).Add(own => own.Rounds, rounds));

    private IRenderedComponent<AsrByRound> Chart(RunView view) =>
        Render<AsrByRound>(chart => chart.Add(own => own.View, view).Add(own => own.Rounds, 1));
}
