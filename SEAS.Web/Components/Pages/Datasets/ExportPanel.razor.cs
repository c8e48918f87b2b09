using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Radzen;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Export;
using SEAS.Data.Datasets.Frozen;
using SEAS.Training.Engine.Torch;
using SEAS.Training.Runs.Context;
using SEAS.Web.Api;
using SEAS.Web.Commands;
using SEAS.Web.Components.Shared;
using SEAS.Web.Live.Datasets;

namespace SEAS.Web.Components.Pages.Datasets;

/// <summary>Format, filter, what the file would hold, and the one button that takes it away.</summary>
public sealed partial class ExportPanel : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private CancellationTokenSource? _making;
    private ExportChoice? _read;
    private ExportChoice _now = null!;
    private ExportPreview? _preview;
    private ExportProgress? _progress;
    private PreparedExport? _taken;
    private string? _problem;
    private NoticeGate _gate = null!;
    private bool _isReading;

    [Parameter, EditorRequired]
    public ExportChoice Choice { get; set; } = null!;

    [Parameter, EditorRequired]
    public IReadOnlyList<FrozenRound> Rounds { get; set; } = [];

    [Parameter]
    public EventCallback OnTaken { get; set; }

    [Inject]
    private DatasetDownloads Downloads { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private IJSRuntime Browser { get; set; } = null!;

    [Inject]
    private NotificationService Notifications { get; set; } = null!;

    private IReadOnlyList<FrozenVersionView> Versions =>
        Rounds.FirstOrDefault(round => round.Round == Choice.Round)?.Versions ?? [];

    private List<string> Known => [.. Rounds.SelectMany(round => round.Versions).SelectMany(version => version.Counts?.Types ?? [])
        .Select(type => type.Type).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private string RoundValue => Choice.Round?.ToString(CultureInfo.InvariantCulture) ?? "";

    private string Command => $"./seas export {Choice.Run}"
        + (Choice.Round is { } round ? $" --round {RoundValue}" : "")
        + $" --format {ExportFormats.Name(Choice.Format)}"
        + (Choice.OnlyConfirmed ? " --only-confirmed" : "")
        + string.Concat(Choice.Types.Select(type => $" --type {type}"));

    protected override async Task OnParametersSetAsync()
    {
        _now = Choice;
        if (RendererInfo.IsInteractive && Choice != _read && Rounds.Any(round => round.Versions.Count > 0))
        {
            (_read, _preview, _problem, _taken) = (Choice, null, null, null);
            await PreviewAsync(Choice);
        }
    }

    private async Task PreviewAsync(ExportChoice choice)
    {
        _isReading = true;
        try
        {
            var preview = await Downloads.PreviewAsync(choice.Request, _leaving.Token);
            if (choice == _read)
            {
                _preview = preview;
            }
        }
        catch (DatasetException error)
        {
            _problem = choice == _read ? error.Message : _problem;
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }

        _isReading = _isReading && choice != _read;
    }

    private void Choose(string? round) =>
        Go(_now with { Round = int.TryParse(round, CultureInfo.InvariantCulture, out var chosen) ? chosen : null, Version = null });

    private void ChooseVersion(string? version) =>
        Go(_now with { Version = int.TryParse(version, CultureInfo.InvariantCulture, out var chosen) ? chosen : null });

    private void ChooseFormat(string? format) => Go(_now with { Format = ExportFormats.Find(format ?? "") ?? _now.Format });

    private void Confirm() => Go(_now with { OnlyConfirmed = !_now.OnlyConfirmed });

    private void Toggle(string type) => Go(_now with
    {
        Types = _now.Types.Contains(type) ? [.. _now.Types.Where(known => known != type)] : [.. _now.Types, type],
    });

    // The address follows; a second change made before it has, builds on the first.
    private void Go(ExportChoice choice)
    {
        _now = choice;
        Navigation.NavigateTo(choice.Page, replace: true);
    }

    private Task AskAsync() => _gate.AskAsync();

    private async Task TakeAsync(string who)
    {
        _making = CancellationTokenSource.CreateLinkedTokenSource(_leaving.Token);
        _progress = new ExportProgress("", 0, _preview?.Rows ?? 0);
        try
        {
            var choice = Choice;
            _taken = await Downloads.PrepareAsync(choice.Request, _making.Token, new ShownProgress<ExportProgress>(Clock, Show));
            _progress = null;
            await using var module = await Browser.InvokeAsync<IJSObjectReference>("import", "./js/download.js");
            await module.InvokeVoidAsync("take", choice.Download(who));
            await OnTaken.InvokeAsync();
        }
        catch (DatasetException error)
        {
            Notifications.DidNotWork(error);
        }
        catch (Exception error) when (error is OperationCanceledException or JSDisconnectedException)
        {
            // Stopped by the person, or the browser has gone: nothing is left behind.
        }
        finally
        {
            _progress = null;
            _making.Dispose();
            _making = null;
        }
    }

    private void Show(ExportProgress progress) => _ = InvokeAsync(() =>
    {
        if (_making is not null)
        {
            _progress = progress;
            StateHasChanged();
        }
    });

    private void Cancel() => _making?.Cancel();

    private static double Percent(ExportProgress progress) => progress.TotalRows == 0 ? 0 : 100.0 * progress.Rows / progress.TotalRows;

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        _leaving.Dispose();
    }
}
