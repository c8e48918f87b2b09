using System.Globalization;
using Microsoft.AspNetCore.Components;
using Radzen;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Staging;
using SEAS.Training.Engine.Torch;
using SEAS.Web.Components.Shared;

namespace SEAS.Web.Components.Pages.Datasets;

/// <summary>A set that was taken in from a file: what it is and its rows, a page at a time.</summary>
public sealed partial class SetPage : ComponentBase
{
    private const int PageRows = 50;

    private ImportedSet? _set;
    private IReadOnlyList<SetRow> _rows = [];
    private IReadOnlyList<string> _types = [];
    private string? _problem;
    private bool _isOpen;
    private bool _asks;

    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The number of the row before the first one shown.</summary>
    [SupplyParameterFromQuery]
    public long After { get; set; }

    [SupplyParameterFromQuery]
    public string? Side { get; set; }

    [SupplyParameterFromQuery]
    public string? Type { get; set; }

    [Inject]
    private Store Store { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private NotificationService Notifications { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    protected override void OnParametersSet()
    {
        _set = Store.Sets.Find(Name);
        if (_set is null)
        {
            return;
        }

        try
        {
            _types = [.. Store.Sets.TypesOf(Name).Select(type => type.Type).Where(type => type.Length > 0).Distinct().Order()];
            DatasetSplit? split = Enum.TryParse<DatasetSplit>(Side, out var side) ? side : null;
            _rows = Store.Sets.Rows(Name, After, PageRows, split, string.IsNullOrEmpty(Type) ? null : Type);
            _problem = null;
        }
        catch (StoreException error)
        {
            (_rows, _problem) = ([], error.Message);
        }
    }

    private void GoAsync(string? side, string? type) => Go(0, side, type);

    private void PageTo(long after) => Go(after, Side, Type);

    private void Go(long after, string? side, string? type) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(
        new Dictionary<string, object?>
        {
            ["after"] = after == 0 ? null : after.ToString(CultureInfo.InvariantCulture),
            ["side"] = string.IsNullOrEmpty(side) ? null : side,
            ["type"] = string.IsNullOrEmpty(type) ? null : type,
        }));

    private void Remove()
    {
        try
        {
            Store.Sets.Remove(Name);
            Navigation.NavigateTo("/datasets");
        }
        catch (Exception error) when (error is StoreException or IOException or UnauthorizedAccessException)
        {
            Notifications.DidNotWork(error);
        }
    }
}
