using Microsoft.AspNetCore.Components;
using Radzen;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Training.Runs.Feed;
using SEAS.Training.Runs.Plan;
using SEAS.Web.Components.Shared;
using SEAS.Web.Live;
using SEAS.Web.Live.Review;

namespace SEAS.Web.Components.Pages.RunDetail;

/// <summary>One run, live. Redraws at most four times a second, however fast events arrive.</summary>
/// <remarks>What it shows is the stored run and the fold of its events; nothing is kept here that a reload would lose.</remarks>
public sealed partial class RunPage : ComponentBase, IAsyncDisposable
{
    private static readonly TimeSpan s_redrawInterval = TimeSpan.FromMilliseconds(250);

    private CancellationTokenSource? _leaving;
    private Task _watching = Task.CompletedTask;
    private Run? _run;
    private RunView _view = RunView.Waiting;
    private int _rounds;
    private long _left;
    private string? _threshold;
    private OverRefusalView? _refusals;
    private bool _busy;
    private bool _stopping;

    [Parameter]
    public string Id { get; set; } = "";

    // Only while the first answer is written: later there is a circuit, and nothing left to answer.
    [CascadingParameter]
    private HttpContext? Request { get; set; }

    [Inject]
    private Store Store { get; set; } = null!;

    [Inject]
    private RunFeed Feed { get; set; } = null!;

    [Inject]
    private IRunControl Control { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private NotificationService Notifications { get; set; } = null!;

    // The past is read at once, so that even the first answer of the server shows everything; the future starts with the first render.
    protected override async Task OnParametersSetAsync()
    {
        if (_run?.Id.Value == Id)
        {
            return;
        }

        await LeaveAsync();
        _run = Store.Runs.Find(new RunId(Id));
        if (_run is null)
        {
            SayNotFound();
            return;
        }

        _rounds = RunPlanText.ReadKnown(_run.PlanJson).Rounds;
        _view = RunView.Waiting.After(Store.Events.After(_run.Id, 0));
        _left = ReviewSummary.Unfinished(Store, _run.Id);
        _threshold = ThresholdView.Of(Store, _run).Sentence(Clock);
        _refusals = OverRefusalView.Newest(Store, _run.Id, _view);
        if (RendererInfo.IsInteractive)
        {
            _leaving = new CancellationTokenSource();
            _watching = WatchAsync(_run.Id, _leaving.Token);
        }
    }

    // As the answer begins: set any earlier, the status would make the server write its general page in place of this one.
    private void SayNotFound() => Request?.Response.OnStarting(() =>
    {
        Request.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

    private async Task WatchAsync(RunId run, CancellationToken leaving)
    {
        try
        {
            await foreach (var events in Feed.WatchAsync(run, _view.LastSequence, s_redrawInterval, leaving))
            {
                await InvokeAsync(() =>
                {
                    _view = _view.After(events);
                    if (events.Any(happened => happened.Kind.StartsWith("run-", StringComparison.Ordinal)))
                    {
                        _run = Store.Runs.Get(run);
                        _stopping &= _run.Status is RunStatus.Running or RunStatus.Queued;
                    }

                    if (events.Any(happened => happened.Kind.StartsWith("review-", StringComparison.Ordinal)
                        || happened.Kind is EventKinds.StageStarted or EventKinds.Evaluation))
                    {
                        _left = ReviewSummary.Unfinished(Store, run);
                        _threshold = ThresholdView.Of(Store, _run!).Sentence(Clock);
                        _refusals = OverRefusalView.Newest(Store, run, _view);
                    }

                    StateHasChanged();
                });
            }
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // The reader left the page. That is not an error.
        }
        catch (Exception error)
        {
            await DispatchExceptionAsync(error);
        }
    }

    // It ends at its next safe place, which may take some seconds.
    private Task Stop()
    {
        _stopping = true;
        return ActAsync(Control.Stop);
    }

    // The round that waits chooses its pairs with the labels that there are.
    private Task GoOn(string who) => ActAsync(run => Control.GoOn(run, who));

    private Task Resume()
    {
        _stopping = false;
        return ActAsync(Control.Resume);
    }

    private async Task ActAsync(Action<RunId> act)
    {
        _busy = true;
        try
        {
            await Task.Run(() => act(_run!.Id));
        }
        catch (Exception error) when (error is StoreException or InvalidOperationException)
        {
            Notifications.DidNotWork(error);
        }
        finally
        {
            _run = Store.Runs.Get(_run!.Id);
            _busy = false;
        }
    }

    private async Task LeaveAsync()
    {
        if (_leaving is { } leaving)
        {
            _leaving = null;
            await leaving.CancelAsync();
            await _watching;
            leaving.Dispose();
        }
    }

    public async ValueTask DisposeAsync() => await LeaveAsync();
}
