using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using Radzen;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Training.Review;
using SEAS.Web.Live;

namespace SEAS.Web.Components.Pages.RunDetail;

/// <summary>A sample of judged attacks, blurred until revealed. While a text is open the list stands still.</summary>
public sealed partial class NewestAttacks : ComponentBase
{
    private readonly HashSet<long> _revealed = [];
    private readonly HashSet<long> _sent = [];
    private ImmutableList<AttackView> _shown = [];

    [Parameter, EditorRequired]
    public RunId Run { get; set; }

    [Inject]
    private Store Store { get; set; } = null!;

    [Inject]
    private NotificationService Notifications { get; set; } = null!;

    [Parameter, EditorRequired]
    public ImmutableList<AttackView> Attacks { get; set; } = [];

    private int Waiting => _revealed.Count == 0 || _shown.IsEmpty ? 0 : Attacks.Count(attack => attack.Sequence > _shown[0].Sequence);

    protected override void OnParametersSet()
    {
        if (_revealed.Count == 0)
        {
            _shown = Attacks;
        }
    }

    private void ToggleAll()
    {
        if (_revealed.Count > 0)
        {
            _revealed.Clear();
        }
        else
        {
            _revealed.UnionWith(_shown.Select(attack => attack.Sequence));
        }

        OnParametersSet();
    }

    private async Task SendAsync(AttackView attack)
    {
        try
        {
            await Task.Run(() => ByHand.Send(Store, Run, attack.Round, attack.Seed, attack.PromptIndex, attack.AnswerIndex));
            _sent.Add(attack.Sequence);
        }
        catch (Exception error) when (error is ArgumentException or StoreException)
        {
            Notifications.Notify(NotificationSeverity.Error, "It was not sent", error.Message, duration: 10_000);
        }
    }

    private void Toggle(long attack)
    {
        if (!_revealed.Remove(attack))
        {
            _revealed.Add(attack);
        }

        OnParametersSet();
    }
}
