using Microsoft.AspNetCore.Components;
using Radzen;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Training.Runs.Plan;
using SEAS.Web.Components.Shared;
using SEAS.Web.Live;
using SEAS.Web.Live.Review;

namespace SEAS.Web.Components.Pages.Rounds;

/// <summary>What people's labels did to one round: verdicts, pairs, figures, beside what the guard alone would have made.</summary>
public sealed partial class RoundPage : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private Task _watching = Task.CompletedTask;
    private Run? _run;
    private EffectsView? _view;
    private int _rounds;
    private bool _isRead;
    private bool _busy;
    private string? _problem;
    private string? _judged;
    private OverRefusalView? _refusals;

    [Parameter]
    public string Id { get; set; } = "";

    [Parameter]
    public int Round { get; set; }

    [Inject]
    private Store Store { get; set; } = null!;

    [Inject]
    private IRunControl Control { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private NotificationService Notifications { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    protected override async Task OnParametersSetAsync()
    {
        _run = Store.Runs.Find(new RunId(Id));
        if (_run is null)
        {
            return;
        }

        _rounds = RunPlanText.ReadKnown(_run.PlanJson).Rounds;
        (_isRead, _view) = (false, null);
        if (RendererInfo.IsInteractive)
        {
            await ReadAsync(_run.Id);
            if (_watching.IsCompleted)
            {
                _watching = WatchAsync(_run.Id, _leaving.Token);
            }
        }
    }

    private async Task WatchAsync(RunId run, CancellationToken leaving)
    {
        try
        {
            await ReviewWatch.FollowAsync(Store, run, Clock, () => InvokeAsync(() => ShowAsync(run)), leaving);
        }
        catch (Exception error)
        {
            await DispatchExceptionAsync(error);
        }
    }

    // What a round has chosen does not change any more; one that has not follows each label, and so does what people say of refusals.
    private async Task ShowAsync(RunId run)
    {
        if (_view?.IsFrozen != true)
        {
            await ReadAsync(run);
        }
        else
        {
            var round = Round;
            _refusals = await Task.Run(() => OverRefusalView.Of(Store, run, round));
        }

        StateHasChanged();
    }

    private async Task ReadAsync(RunId run)
    {
        try
        {
            var round = Round;
            (_view, _judged, _refusals) = await Task.Run(() => (
                EffectsView.Of(Store, run, round), ThresholdView.OfRound(Store, Store.Runs.Get(run), round, Clock),
                OverRefusalView.Of(Store, run, round)));
            _problem = null;
        }
        catch (Exception error) when (error is StoreException or RunPlanException or FormatException or InvalidOperationException)
        {
            _problem = error.Message;
        }

        _isRead = true;
    }

    private async Task BranchAsync()
    {
        _busy = true;
        try
        {
            var branch = await Task.Run(() => Control.Branch(_run!.Id, Round));
            Navigation.NavigateTo($"/runs/{branch}");
        }
        catch (Exception error)
        {
            Notifications.DidNotWork(error);
        }
        finally
        {
            _busy = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _watching;
        _leaving.Dispose();
    }
}
