using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Export;
using SEAS.Data.Datasets.Frozen;

namespace SEAS.Web.Api;

/// <summary>What an address asks for.</summary>
internal sealed class DatasetQuery
{
    /// <summary>Stands for all files of the format.</summary>
    public const string AllFiles = "all";

    [FromRoute(Name = "id")]
    public string Id { get; init; } = "";

    /// <summary>A file of the format, with or without its ending; <c>all</c> for all of them.</summary>
    [FromRoute(Name = "name")]
    public string Name { get; init; } = "";

    [FromQuery(Name = "format")]
    public string? Format { get; init; }

    [FromQuery(Name = "version")]
    public int? Version { get; init; }

    [FromQuery(Name = "only_confirmed")]
    public bool? OnlyConfirmed { get; init; }

    [FromQuery(Name = "type")]
    public string[] Types { get; init; } = [];

    [FromQuery(Name = "who")]
    public string? Who { get; init; }

    /// <exception cref="ArgumentException">There is no such format.</exception>
    /// <exception cref="DatasetNotFoundException">The format has no such file.</exception>
    public ExportRequest Request(Store store, HttpRequest request)
    {
        var named = Format ?? (Name == AllFiles ? ExportFormats.Name(ExportFormat.All) : ExportFormats.Name(ExportFormat.JsonLines));
        var format = ExportFormats.Find(named) ?? throw new ArgumentException(
            $"format is \"{named}\" and must be one of {string.Join(", ", ExportFormats.Names)}.");
        return new ExportRequest(
            store.Runs.Get(new RunId(Id)).Id, Round(request), Version, format, new ExportFilter(OnlyConfirmed == true, Types))
        {
            File = Name == AllFiles ? null : ExportFormats.FileOf(format, Name),
        };
    }

    // Addresses without a round mean all of them.
    private static int? Round(HttpRequest request) =>
        request.RouteValues.TryGetValue("round", out var round) ? int.Parse((string)round!, CultureInfo.InvariantCulture) : null;
}
