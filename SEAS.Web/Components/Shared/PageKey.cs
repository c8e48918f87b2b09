using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using SEAS.Web.Commands;

namespace SEAS.Web.Components.Shared;

/// <summary>Hears one letter, pressed anywhere on the page but in a field.</summary>
public sealed class PageKey : ComponentBase, IAsyncDisposable
{
    private DotNetObjectReference<PageKey>? _self;
    private IJSObjectReference? _module;
    private IJSObjectReference? _listener;
    private bool _gone;

    [Parameter, EditorRequired]
    public string Key { get; set; } = "";

    [Parameter]
    public EventCallback OnPressed { get; set; }

    [Inject]
    private IJSRuntime Browser { get; set; } = null!;

    /// <summary>Called by the browser.</summary>
    [JSInvokable]
    public Task Pressed() => OnPressed.InvokeAsync();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        try
        {
            _self = DotNetObjectReference.Create(this);
            _module = await Browser.InvokeAsync<IJSObjectReference>("import", "./js/keys.js");
            _listener = _gone ? null : await _module.InvokeAsync<IJSObjectReference>("onKey", Key, _self, nameof(Pressed));
            if (_gone)
            {
                await ReleaseAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _gone = true;
        try
        {
            await ReleaseAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone, and its listener with it.
        }
    }

    private async Task ReleaseAsync()
    {
        var (listener, module, self) = (_listener, _module, _self);
        (_listener, _module, _self) = (null, null, null);
        if (listener is not null)
        {
            await listener.InvokeVoidAsync("remove");
            await listener.DisposeAsync();
        }

        if (module is not null)
        {
            await module.DisposeAsync();
        }

        self?.Dispose();
    }
}
