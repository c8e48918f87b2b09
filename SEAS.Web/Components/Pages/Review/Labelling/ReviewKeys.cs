using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using SEAS.Data.Contracts;
using SEAS.Web.Commands;
using SEAS.Web.Live.Review;

namespace SEAS.Web.Components.Pages.Review.Labelling;

/// <summary>Hears the keys of the table while its page is open, and keeps what is typed in the browser until it is stored.</summary>
public sealed class ReviewKeys : ComponentBase, IAsyncDisposable
{
    private DotNetObjectReference<ReviewKeys>? _self;
    private IJSObjectReference? _module;
    private IJSObjectReference? _listener;
    private IJSObjectReference? _keeper;
    private KeyTable? _told;
    private bool _gone;

    /// <summary>The id of the part of the page with the item and its fields; it is there as soon as this is.</summary>
    [Parameter, EditorRequired]
    public string Root { get; set; } = "";

    [Parameter, EditorRequired]
    public KeyTable Table { get; set; } = KeyTable.Standard;

    [Parameter, EditorRequired]
    public string Run { get; set; } = "";

    [Parameter]
    public EventCallback<KeyPress> OnPress { get; set; }

    /// <summary>A key that was pressed after <see cref="CaptureAsync"/>.</summary>
    [Parameter]
    public EventCallback<KeyCapture> OnCaptured { get; set; }

    /// <summary>Typed text that outlived the page; told once, at the start.</summary>
    [Parameter]
    public EventCallback<KeptText> OnKept { get; set; }

    [Inject]
    private IJSRuntime Browser { get; set; } = null!;

    /// <summary>Called by the browser.</summary>
    [JSInvokable]
    public Task Press(string action, long item) =>
        Enum.TryParse<ReviewAction>(action, out var known) ? OnPress.InvokeAsync(new KeyPress(known, item)) : Task.CompletedTask;

    /// <summary>Called by the browser.</summary>
    [JSInvokable]
    public Task Captured(string action, string chord) => Enum.TryParse<ReviewAction>(action, out var known)
        ? OnCaptured.InvokeAsync(new KeyCapture(known, KeyChord.Parse(chord)))
        : Task.CompletedTask;

    /// <summary>The next key is not obeyed but reported.</summary>
    public ValueTask CaptureAsync(ReviewAction action) => CallAsync(_listener, "capture", action.ToString());

    /// <summary>What was typed is in the store: the browser need not keep it.</summary>
    public ValueTask ForgetAsync() => CallAsync(_keeper, "forget");

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        try
        {
            if (firstRender)
            {
                await ListenAsync();
            }
            else if (_told != Table && _listener is not null)
            {
                _told = Table;
                await _listener.InvokeVoidAsync("learn", [Lines(Table)]);   // one argument, not as many as it has lines
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone.
        }
    }

    private async Task ListenAsync()
    {
        _self = DotNetObjectReference.Create(this);
        _told = Table;
        _module = await Browser.InvokeAsync<IJSObjectReference>("import", "./js/review.js");
        _keeper = _gone ? null : await _module.InvokeAsync<IJSObjectReference>("keep", Run, Root);

        // Before any key is heard: fields that are filled while somebody types would lose what is being typed.
        if (!_gone && await _keeper!.InvokeAsync<KeptText?>("read") is { } kept)
        {
            await OnKept.InvokeAsync(kept);
        }

        _listener = _gone ? null : await _module.InvokeAsync<IJSObjectReference>("listen", _self, Root, Lines(Table));
        if (_gone)
        {
            await ReleaseAsync();
        }
    }

    // What the browser needs of the table.
    private static object[] Lines(KeyTable table) => [.. table.Bindings.Select(binding => new
    {
        Action = binding.Action.ToString(), Chords = binding.Chords.Select(chord => chord.ToString()), binding.InFields, binding.Field,
    })];

    private static async ValueTask CallAsync(IJSObjectReference? target, string method, params object?[] arguments)
    {
        try
        {
            if (target is not null)
            {
                await target.InvokeVoidAsync(method, arguments);
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
            // The browser has gone, and its listeners with it.
        }
    }

    private async Task ReleaseAsync()
    {
        var (parts, module, self) = (new[] { _listener, _keeper }, _module, _self);
        (_listener, _keeper, _module, _self) = (null, null, null, null);
        foreach (var part in parts.OfType<IJSObjectReference>())
        {
            await part.InvokeVoidAsync("remove");
            await part.DisposeAsync();
        }

        if (module is not null)
        {
            await module.DisposeAsync();
        }

        self?.Dispose();
    }
}

/// <summary>A key of the table was pressed.</summary>
/// <param name="Action">What it asks for.</param>
/// <param name="Item">The item that stood on the screen; 0 if none.</param>
public sealed record KeyPress(ReviewAction Action, long Item);

/// <summary>A key was pressed that shall stand for an action.</summary>
public sealed record KeyCapture(ReviewAction Action, KeyChord Chord);

/// <summary>What somebody had typed when the page was lost, by field.</summary>
public sealed record KeptText(long Item, IReadOnlyDictionary<string, string> Texts);
