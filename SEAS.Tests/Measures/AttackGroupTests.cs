using SEAS.Data.Contracts.Inputs;
using SEAS.Training.Measures;
using SEAS.Training.Runs.Stages;

namespace SEAS.Tests.Measures;

public sealed class AttackGroupTests
{
    private static readonly TypedPrompt s_plain = new("Health", "a") { Risk = "Health", Style = TypedPrompt.PlainStyle };
    private static readonly TypedPrompt s_played = new("Role_Play", "b") { Risk = "Health", Style = "Role_Play" };

    [Fact]
    public void Success_is_counted_by_type_by_risk_category_by_style_and_by_both()
    {
        var groups = AttackGroup.Count(
            [(s_plain, true, true), (s_plain, false, false), (s_played, true, false), (s_played, true, true), (s_played, true, true)]);

        var report = Assert.Single(GroupReport.Of([(2, groups), (3, null)])!);

        Assert.Equal("T2", report.Target);
        Assert.Equal([("Health", 0.5, 2, 0.5), ("Role_Play", 1.0, 3, 0.6667)], report.ByType.Select(row => (row.Type, row.Asr, row.N, row.TrueAsr)));
        var risk = Assert.Single(report.ByRiskCategory!);
        Assert.Equal(("Health", 0.8, 5, 0.6), (risk.RiskCategory, risk.Asr, risk.N, risk.TrueAsr));

        // Wilson's interval of 4 in 5
        Assert.Equal((0.3755, 0.9638), (risk.CiLower, risk.CiUpper));
        Assert.Equal(["plain", "Role_Play"], report.ByStyle!.Select(row => row.Style));
        Assert.Equal([("Health", "plain"), ("Health", "Role_Play")], report.ByRiskCategoryAndStyle!.Select(row => (row.RiskCategory, row.Style)));
    }

    [Fact]
    public void Where_only_types_are_known_nothing_is_said_of_styles()
    {
        var report = Assert.Single(GroupReport.Of([(0, AttackGroup.Count([(s_plain, true, null), (new TypedPrompt("Health", "c"), true, null)]))])!);

        Assert.Null(report.ByRiskCategory);
        Assert.Null(report.ByStyle);
        Assert.Null(report.ByRiskCategoryAndStyle);
        Assert.Equal((2, (double?)null), (Assert.Single(report.ByType).N, report.ByType[0].TrueAsr));
    }

    [Fact]
    public void Flips_are_counted_prompt_by_prompt()
    {
        var before = Row(0, 5, [0, 2, 3]);

        Assert.Equal(new VerdictFlips(Mended: 2, NewlyUnsafe: 1), VerdictFlips.Since(before, Row(1, 5, [2, 4])));
        Assert.Null(VerdictFlips.Since(null, before));
        Assert.Null(VerdictFlips.Since(Row(0, 4, [0]), before));
        Assert.Null(VerdictFlips.Since(before with { UnsafeAt = null }, before));
    }

    private static StaticRow Row(int target, int n, IReadOnlyList<int> unsafeAt) =>
        new(target, Proportion.Of(unsafeAt.Count, n), null, null) { UnsafeAt = unsafeAt };
}
