using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using SEAS.Web.Commands;
using SEAS.Web.Live;

namespace SEAS.Web.Components.Shared;

/// <summary>Curves over optimizer steps, drawn in the browser; only new points are sent there.</summary>
public sealed partial class CurveChart : ComponentBase, IAsyncDisposable
{
    private ElementReference _plot;
    private IJSObjectReference? _module;
    private IJSObjectReference? _chart;
    private bool _sending;
    private bool _gone;
    private int _sent;
    private int _restarts;

    [Parameter, EditorRequired]
    public CurveView Curve { get; set; } = null!;

    [Parameter, EditorRequired]
    public IReadOnlyList<CurveLine> Lines { get; set; } = [];

    [Parameter]
    public int Height { get; set; } = 170;

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Inject]
    private IJSRuntime Browser { get; set; } = null!;

    private string Value(CurveLine line) => Curve.Last(line.Metric) is { } value ? Units.Number(value, 2) : "";

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        try
        {
            if (firstRender)
            {
                _module = await Browser.InvokeAsync<IJSObjectReference>("import", "./js/curves.js");
                _chart = _gone ? null : await _module.InvokeAsync<IJSObjectReference?>("create", _plot, Lines, Height);
            }

            // The next round may have taken this chart's place while the browser answered.
            await (_gone ? ReleaseAsync() : SendAsync());
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone: nobody looks any more.
        }
    }

    // One message at a time: renders that come meanwhile are caught up with by the loop.
    private async Task SendAsync()
    {
        if (_sending)
        {
            return;
        }

        _sending = true;
        while (_chart is not null && (_restarts != Curve.Restarts || _sent < Curve.Points.Count))
        {
            var curve = Curve;
            var again = _restarts != curve.Restarts;
            var rows = curve.Points.Skip(again ? 0 : _sent).Select(Row).ToArray();
            await _chart.InvokeVoidAsync("show", rows, curve.TotalSteps, again);
            (_sent, _restarts) = (curve.Points.Count, curve.Restarts);
        }

        _sending = false;
    }

    private double?[] Row(CurvePoint point) => [point.Step, .. Lines.Select(line => point[line.Metric])];

    public async ValueTask DisposeAsync()
    {
        _gone = true;
        try
        {
            await ReleaseAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone, and the chart with it.
        }
    }

    private async Task ReleaseAsync()
    {
        var (chart, module) = (_chart, _module);
        (_chart, _module) = (null, null);
        if (chart is not null)
        {
            await chart.InvokeVoidAsync("remove");
            await chart.DisposeAsync();
        }

        if (module is not null)
        {
            await module.DisposeAsync();
        }
    }
}
