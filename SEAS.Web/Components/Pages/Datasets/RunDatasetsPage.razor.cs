using Microsoft.AspNetCore.Components;
using Radzen;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Export;
using SEAS.Data.Datasets.Frozen;
using SEAS.Training.Runs.Stages;
using SEAS.Web.Components.Shared;
using SEAS.Web.Live;
using SEAS.Web.Live.Datasets;

namespace SEAS.Web.Components.Pages.Datasets;

/// <summary>What each round of a run has frozen, and how to take it away.</summary>
public sealed partial class RunDatasetsPage : ComponentBase
{
    private const int Logged = 20;
    private const int Looks = 10;

    private static readonly TimeSpan s_betweenLooks = TimeSpan.FromMilliseconds(300);

    private Run? _run;
    private IReadOnlyList<FrozenRound>? _rounds;
    private IReadOnlyList<DatasetExport> _log = [];
    private ExportChoice _choice = null!;
    private bool _freezing;

    [Parameter]
    public string Id { get; set; } = "";

    [SupplyParameterFromQuery]
    public int? Round { get; set; }

    [SupplyParameterFromQuery]
    public int? Version { get; set; }

    [SupplyParameterFromQuery]
    public string? Format { get; set; }

    [SupplyParameterFromQuery(Name = "only_confirmed")]
    public bool OnlyConfirmed { get; set; }

    [SupplyParameterFromQuery(Name = "type")]
    public string[]? Types { get; set; }

    [Inject]
    private Store Store { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private NotificationService Notifications { get; set; } = null!;

    private FrozenVersionView? Shown => _rounds?.FirstOrDefault(round => round.Round == _choice.Round)?.Versions
        .FirstOrDefault(version => _choice.Version is null || version.Version.Version == _choice.Version);

    protected override void OnParametersSet()
    {
        _run = Store.Runs.Find(new RunId(Id));
        if (_run is not null)
        {
            _choice = ExportChoice.Read(_run.Id, Round, Version, Format, OnlyConfirmed, Types);
            if (_rounds is null)
            {
                Read();
            }

            // Nobody chose yet: the newest round is what most people come for.
            if (Round is null && Format is null && _rounds is [.., var newest])
            {
                _choice = _choice with { Round = newest.Round };
            }
        }
    }

    private void Read()
    {
        _rounds = FrozenRound.Of(Store, _run!.Id);
        _log = Store.DatasetAccess.Log(_run.Id, Logged);
    }

    // The browser fetches the file by itself; its line comes into the log as it begins.
    private async Task TakenAsync()
    {
        var newest = _log.FirstOrDefault()?.Id;
        for (var look = 0; look < Looks && _log.FirstOrDefault()?.Id == newest; look++)
        {
            await Task.Delay(s_betweenLooks, Clock);
            Read();
        }
    }

    private async Task FreezeAsync(int round)
    {
        _freezing = true;
        try
        {
            await Task.Run(() => FreezeStage.Refresh(Store, _run!.Id, round, CancellationToken.None));
            Read();
        }
        catch (DatasetException error)
        {
            Notifications.DidNotWork(error);
        }
        finally
        {
            _freezing = false;
        }
    }
}
