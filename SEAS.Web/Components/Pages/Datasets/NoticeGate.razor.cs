using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using SEAS.Data;
using SEAS.Web.Commands;

namespace SEAS.Web.Components.Pages.Datasets;

/// <summary>Lets a person take something away: the notice comes before their first time; who that is, the browser remembers.</summary>
public sealed partial class NoticeGate : ComponentBase
{
    private string? _who;
    private bool _asks;

    /// <summary>Called with their name once they have agreed, now or before.</summary>
    [Parameter, EditorRequired]
    public EventCallback<string> OnAgreed { get; set; }

    [Inject]
    private Store Store { get; set; } = null!;

    [Inject]
    private IJSRuntime Browser { get; set; } = null!;

    /// <summary>Somebody wants to take something away.</summary>
    public async Task AskAsync()
    {
        await using var module = await Browser.InvokeAsync<IJSObjectReference>("import", "./js/review.js");
        _who = await module.InvokeAsync<string?>("name");
        if (_who is not null && Store.DatasetAccess.HasAccepted(_who))
        {
            await OnAgreed.InvokeAsync(_who);
        }
        else
        {
            _asks = true;
            StateHasChanged();
        }
    }

    private async Task AcceptAsync(string who)
    {
        _asks = false;
        Store.DatasetAccess.Accept(who);
        await using (var module = await Browser.InvokeAsync<IJSObjectReference>("import", "./js/review.js"))
        {
            await module.InvokeVoidAsync("setName", who);
        }

        await OnAgreed.InvokeAsync(who);
    }
}
