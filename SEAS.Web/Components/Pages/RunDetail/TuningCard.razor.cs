using Microsoft.AspNetCore.Components;
using SEAS.Data.Contracts;
using SEAS.Web.Components.Shared;
using SEAS.Web.Live;

namespace SEAS.Web.Components.Pages.RunDetail;

/// <summary>How one model learns: rewards and loss of one round. Follows the newest round until a person chooses one.</summary>
public sealed partial class TuningCard : ComponentBase
{
    private IReadOnlyList<int> _rounds = [];
    private int? _chosen;
    private int _shown;
    private CurveView? _curve;

    [Parameter, EditorRequired]
    public ModelRole Role { get; set; }

    [Parameter, EditorRequired]
    public RunView View { get; set; } = null!;

    private string Model => Role == ModelRole.Red ? "the red team" : "the target";

    private string Title => _curve is null ? $"Tuning {Model}"
        : _shown == 0 ? $"Tuning {Model}, initialization"
        : FormattableString.Invariant($"Tuning {Model}, round {_shown}");

    // Runs of older versions have the sum only.
    private IReadOnlyList<CurveLine> Losses => CurveLine.Loss(Role, ofPairs: _curve?.Last("dpo_loss") is not null);

    private string Waiting => $"Loss and rewards of {Model} appear with the first steps of its tuning.";

    protected override void OnParametersSet()
    {
        _rounds = [.. View.Curves.Keys.Where(key => key.Role == Role).Select(key => key.Round).Order()];
        Show(_chosen ?? _rounds.LastOrDefault());
    }

    private void Choose(int round)
    {
        _chosen = round == _rounds[^1] ? null : round;   // choosing the newest means following again
        Show(round);
    }

    private void Show(int round)
    {
        _shown = round;
        _curve = View.Curves.GetValueOrDefault(new CurveKey(Role, round));
    }
}
