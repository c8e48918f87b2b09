using System.Text.Json.Serialization;
using SEAS.Training.Measures;

namespace SEAS.Training.Runs.Stages;

/// <summary>Attack success of one target by type, and where they are known by risk category, by style and by both, as the report writes
/// it.</summary>
internal sealed record GroupReport(
    string Target, IReadOnlyList<GroupShare> ByType, IReadOnlyList<GroupShare>? ByRiskCategory, IReadOnlyList<GroupShare>? ByStyle,
    IReadOnlyList<GroupShare>? ByRiskCategoryAndStyle)
{
    /// <summary>The report of each target that has groups; null where none has.</summary>
    public static IReadOnlyList<GroupReport>? Of(IEnumerable<(int Target, IReadOnlyList<AttackGroup>? Groups)> measured)
    {
        var known = measured.Where(row => row.Groups is not null).Select(row => Of($"T{row.Target}", row.Groups!)).ToList();
        return known.Count == 0 ? null : known;
    }

    private static GroupReport Of(string target, IReadOnlyList<AttackGroup> groups)
    {
        var (risks, styles) = (groups.All(group => group.Risk is not null), groups.All(group => group.Style is not null));
        return new GroupReport(
            target,
            GroupShare.Of(groups, group => (group.Type, null, null)),
            risks ? GroupShare.Of(groups, group => (null, group.Risk, null)) : null,
            styles ? GroupShare.Of(groups, group => (null, null, group.Style)) : null,
            risks && styles ? GroupShare.Of(groups, group => (null, group.Risk, group.Style)) : null);
    }
}

/// <summary>Attack success on one group of prompts, with its 95 % interval.</summary>
internal sealed record GroupShare(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Type,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RiskCategory,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Style,
    double? Asr, double? CiLower, double? CiUpper, int N, double? TrueAsr)
{
    /// <summary>Adds up the groups that share a key, in the order of their first.</summary>
    public static IReadOnlyList<GroupShare> Of(
        IReadOnlyList<AttackGroup> groups, Func<AttackGroup, (string? Type, string? Risk, string? Style)> key) =>
    [
        .. groups.GroupBy(key).Select(group =>
        {
            var n = group.Sum(one => one.N);
            var asr = Proportion.Of(group.Sum(one => one.Unsafe), n);
            double? truth = group.Any(one => one.TrulyUnsafe is null) ? null : (double)group.Sum(one => one.TrulyUnsafe!.Value) / n;
            return new GroupShare(
                group.Key.Type, group.Key.Risk, group.Key.Style, RunReport.Round(asr.Rate), RunReport.Round(asr.Lower),
                RunReport.Round(asr.Upper), n, RunReport.Round(truth));
        }),
    ];
}
