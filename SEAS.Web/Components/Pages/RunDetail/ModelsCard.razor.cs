using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Radzen;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;
using SEAS.Data.Datasets.Export;
using SEAS.Data.Datasets.Frozen;
using SEAS.Training.ModelFiles;
using SEAS.Training.Runs.Context;
using SEAS.Web.Api;
using SEAS.Web.Commands;
using SEAS.Web.Components.Pages.Datasets;
using SEAS.Web.Components.Shared;
using SEAS.Web.Live;

namespace SEAS.Web.Components.Pages.RunDetail;

/// <summary>Takes any of a run's models away, T's newest first, in the forms that other programs read.</summary>
public sealed partial class ModelsCard : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private IReadOnlyList<Checkpoint> _models = [];
    private (RunId Run, int Evaluations)? _read;
    private string _model = "";
    private bool _hasAdapter;
    private ModelForm _form = ModelForm.Offered[0].Form;
    private Task? _making;
    private PreparedExport? _taken;
    private NoticeGate _gate = null!;

    [Parameter, EditorRequired]
    public RunId Run { get; set; }

    [Parameter, EditorRequired]
    public RunView View { get; set; } = null!;

    [Inject]
    private Store Store { get; set; } = null!;

    [Inject]
    private ModelDownloads Downloads { get; set; } = null!;

    [Inject]
    private IJSRuntime Browser { get; set; } = null!;

    [Inject]
    private NotificationService Notifications { get; set; } = null!;

    private IEnumerable<(ModelForm Form, string Words)> Forms =>
        ModelForm.Offered.Where(offered => offered.Form.Format != ModelForm.Peft || _hasAdapter);

    private string Command => $"./seas export-model {Run} --checkpoint {_model} --format {_form.Format}"
        + (_form.Format == ModelForm.Peft ? "" : $" --precision {_form.PrecisionName}") + " --output PATH";

    // Weights come with evaluations, not with every event.
    protected override void OnParametersSet()
    {
        if (_read == (Run, View.Evaluations.Count))
        {
            return;
        }

        _read = (Run, View.Evaluations.Count);
        _models = ModelDownloads.Offered(Store, Run);
        if (!_models.Any(model => Name(model) == _model))
        {
            Choose(_models.Count > 0 ? Name(_models[0]) : "");
        }
    }

    private void Choose(string? name)
    {
        (_model, _taken) = (name ?? "", null);
        _hasAdapter = _models.FirstOrDefault(model => Name(model) == _model) is { } chosen && ModelDownloads.HasAdapter(Store, chosen);
        if (!Forms.Any(offered => offered.Form == _form))
        {
            _form = ModelForm.Offered[0].Form;
        }
    }

    private void ChooseForm(string? name) =>
        (_form, _taken) = (Forms.Select(offered => offered.Form).FirstOrDefault(form => form.Name == name) ?? _form, null);

    private async Task TakeAsync(string who)
    {
        if (_making is not null || RowId.TryParse($"{Run}/{_model}") is not CheckpointId id)
        {
            return;
        }

        var form = _form;
        try
        {
            var making = Downloads.PrepareAsync(id, form, _leaving.Token);
            _making = making;
            StateHasChanged();
            _taken = await making;
            await using var module = await Browser.InvokeAsync<IJSObjectReference>("import", "./js/download.js");
            await module.InvokeVoidAsync("take", form.Address(id, who));
        }
        catch (Exception error) when (error is DatasetException or CheckpointException)
        {
            Notifications.DidNotWork(error);
        }
        catch (Exception error) when (error is OperationCanceledException or JSDisconnectedException)
        {
            // The browser has gone; a file that is being made is kept for the next who asks.
        }
        finally
        {
            _making = null;
        }
    }

    private static string Name(Checkpoint model) => ModelDownloads.Place(model.Role, model.Iteration);

    private static string Words(Checkpoint model) => $"{(model.Role == ModelRole.Target ? "T" : "R")}{model.Iteration}"
        + (model.Role == ModelRole.Target ? ", the target" : ", the red model");

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        _leaving.Dispose();
    }
}
