using Microsoft.AspNetCore.Components;
using SEAS.Web.Live;

namespace SEAS.Web.Components.Pages.RunDetail;

/// <summary>Static attack success of each target, with interval and truth: a point per evaluation.</summary>
public sealed partial class AsrByRound : ComponentBase
{
    private IReadOnlyList<StaticView> _points = [];

    [Parameter, EditorRequired]
    public RunView View { get; set; } = null!;

    [Parameter]
    public int Rounds { get; set; }

    protected override void OnParametersSet() => _points = [.. View.Evaluations.Values.Select(evaluation => evaluation.Static).OfType<StaticView>()];

    private string Sentence
    {
        get
        {
            var (first, last) = (_points[0], _points[^1]);
            if (_points.Count == 1)
            {
                return $"T{first.Target} gives in to {Units.Percent(first.Asr.Rate)} of the held-out prompts: where hardening starts from.";
            }

            var change = last.Asr.Rate - first.Asr.Rate;
            var way = change < 0 ? "fell" : change > 0 ? "rose" : "stayed";
            var figures = $"from {Units.Percent(first.Asr.Rate)} to {Units.Percent(last.Asr.Rate)}";
            return $"From T{first.Target} to T{last.Target} attack success {way} {figures}.";
        }
    }

    private static string Y(double share) => Text(150 - (140 * share));

    private string X(int target, double aside = 0) => Text(60 + (310.0 * target / Math.Max(1, Rounds)) + aside);

    private string Line() => string.Join(' ', _points.Select(point => $"{X(point.Target)},{Y(point.Asr.Rate)}"));

    private static string Text(double value) => FormattableString.Invariant($"{value:0.#}");
}
