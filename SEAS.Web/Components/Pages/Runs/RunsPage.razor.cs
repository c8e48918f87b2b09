using Microsoft.AspNetCore.Components;
using Radzen;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Staging;
using SEAS.Web.Components.Shared;
using SEAS.Web.Live;

namespace SEAS.Web.Components.Pages.Runs;

/// <summary>All runs of the data folder, read again every other second while somebody looks.</summary>
public sealed partial class RunsPage : ComponentBase, IAsyncDisposable
{
    private const string Welcome =
        "A run lets an attacking model and a target model harden each other for a few rounds, all on this machine. "
        + "Choose a preset above and press Start: the embedded one needs no download.";

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _leaving = new();
    private Task _looking = Task.CompletedTask;
    private IReadOnlyList<RunSummary> _runs = [];
    private IReadOnlyList<ImportedSet> _sets = [];
    private bool _busy;

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

    protected override void OnInitialized()
    {
        _runs = RunSummary.All(Store);
        _sets = [.. Store.Sets.List().Where(set => set.Purpose == DatasetPurpose.Evaluation)];
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _looking = LookAsync(_leaving.Token);
        }
    }

    private async Task LookAsync(CancellationToken leaving)
    {
        using var timer = new PeriodicTimer(s_interval, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(leaving))
            {
                var runs = RunSummary.All(Store);
                if (!runs.SequenceEqual(_runs))
                {
                    _runs = runs;
                    await InvokeAsync(StateHasChanged);
                }
            }
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // The reader left the page.
        }
        catch (Exception error)
        {
            await DispatchExceptionAsync(error);
        }
    }

    private Task Start(WantedRun wanted) => ActAsync(() =>
    {
        var run = Control.Start(wanted.Preset, wanted.Seed, wanted.Evaluation);
        return () => Navigation.NavigateTo($"/runs/{run}");
    });

    private Task Stop(RunId run) => ActAsync(() => After(() => Control.Stop(run)));

    private Task Resume(RunId run) => ActAsync(() => After(() => Control.Resume(run)));

    private Action After(Action act)
    {
        act();
        return () => _runs = RunSummary.All(Store);
    }

    private async Task ActAsync(Func<Action> act)
    {
        _busy = true;
        try
        {
            var then = await Task.Run(act);
            then();
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
        await _looking;
        _leaving.Dispose();
    }
}
