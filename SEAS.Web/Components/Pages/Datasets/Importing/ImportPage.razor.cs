using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import;
using SEAS.Data.Datasets.Import.Staging;
using SEAS.Web.Commands;
using SEAS.Web.Live.Datasets;

namespace SEAS.Web.Components.Pages.Datasets.Importing;

/// <summary>A file is sent, looked at, told what it is, and taken in: one thing at a time, each can be stopped.</summary>
public sealed partial class ImportPage : ComponentBase, IAsyncDisposable
{
    private static readonly DatasetPurpose[] s_purposes =
        [DatasetPurpose.Seeds, DatasetPurpose.Instructions, DatasetPurpose.Preferences, DatasetPurpose.Evaluation];

    private readonly CancellationTokenSource _leaving = new();
    private CancellationTokenSource? _doing;
    private Task _work = Task.CompletedTask;
    private DatasetPurpose _purpose;
    private ImportSession? _session;
    private ImportProgress? _progress;
    private (long Come, long Total)? _uploaded;
    private IReadOnlyList<string> _profiles = [];
    private string? _problem;

    /// <summary>What the rows are for.</summary>
    [SupplyParameterFromQuery(Name = "as")]
    public string? As { get; set; }

    [Inject]
    private Store Store { get; set; } = null!;

    [Inject]
    private Uploads Uploads { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private IJSRuntime Browser { get; set; } = null!;

    private bool IsBusy => _doing is not null;

    protected override void OnInitialized()
    {
        _purpose = Enum.TryParse<DatasetPurpose>(As, ignoreCase: true, out var asked) && s_purposes.Contains(asked) ? asked : s_purposes[0];
        _profiles = Store.Sets.Types.List();
    }

    private async Task UseAsync(DatasetPurpose purpose)
    {
        _purpose = purpose;
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("as", purpose.ToString().ToLowerInvariant()), replace: true);
        if (_session is not null)
        {
            _session.Ask(request => request with { Purpose = purpose });
            await LookAsync();
        }
    }

    private async Task UploadAsync(InputFileChangeEventArgs chosen)
    {
        _session?.Dispose();
        (_session, _problem) = (null, null);
        await DoAsync(async stop =>
        {
            _uploaded = (0, chosen.File.Size);
            await using var stream = chosen.File.OpenReadStream(long.MaxValue, stop);
            var shown = new ShownProgress<long>(Clock, come => Show(() => _uploaded = (come, chosen.File.Size)));
            var path = await Uploads.ReceiveAsync(stream, shown, stop);
            _session = new ImportSession(Store, Uploads, path, chosen.File.Name);
            _session.Ask(request => request with { Purpose = _purpose });
        });
        _uploaded = null;
        if (_session is not null)
        {
            await LookAsync();
        }
    }

    private Task LookAsync() => _session is { NeedsLook: true } session
        ? DoAsync(stop => Task.Run(() => session.Look(Progress(), stop), stop))
        : Task.CompletedTask;

    private async Task TakeAsync()
    {
        ImportedSet? set = null;
        await DoAsync(async stop => set = await Task.Run(() => _session!.Apply(Progress(), stop), stop));
        if (set is not null)
        {
            Navigation.NavigateTo($"/datasets/sets/{Uri.EscapeDataString(set.Name)}");
        }
    }

    private async Task SaveErrorsAsync()
    {
        if (_session?.Errors is { } errors)
        {
            await using var module = await Browser.InvokeAsync<IJSObjectReference>("import", "./js/download.js");
            using var stream = new DotNetStreamReference(File.OpenRead(errors));
            await module.InvokeVoidAsync("save", "problems.jsonl", stream);
        }
    }

    // A later change makes what an earlier one began useless: it is stopped, and waited for, first.
    private async Task DoAsync(Func<CancellationToken, Task> work)
    {
        if (_doing is not null)
        {
            await _doing.CancelAsync();
            await _work;
        }

        using var doing = CancellationTokenSource.CreateLinkedTokenSource(_leaving.Token);
        _doing = doing;
        _work = GuardAsync(work, doing.Token);
        await _work;
        if (_doing == doing)
        {
            (_doing, _progress) = (null, null);
        }
    }

    private async Task GuardAsync(Func<CancellationToken, Task> work, CancellationToken stop)
    {
        _problem = null;
        try
        {
            await work(stop);
        }
        catch (OperationCanceledException)
        {
            // Stopped: nothing is stored, and what was there stays.
        }
        catch (Exception error) when (error is PromptSetException or StoreException or IOException or JSException)
        {
            _problem = error.Message;
        }
        catch (Exception error)
        {
            // A file's arrival is told by the browser: an error thrown there would be the browser's, and this page would say nothing.
            await DispatchExceptionAsync(error);
        }
    }

    // The work reports on its own thread; what it says is shown on the page's, and only while somebody works.
    private ShownProgress<ImportProgress> Progress() => new(Clock, progress => Show(() => _progress = progress));

    private void Show(Action change) => _ = InvokeAsync(() =>
    {
        if (IsBusy)
        {
            change();
            StateHasChanged();
        }
    });

    private void Stop() => _doing?.Cancel();

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _work;
        _session?.Dispose();
        _leaving.Dispose();
    }
}
