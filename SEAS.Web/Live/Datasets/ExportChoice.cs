using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Export;

namespace SEAS.Web.Live.Datasets;

/// <summary>What somebody has chosen to take away; it stands in the page's address.</summary>
/// <param name="Run">The run.</param>
/// <param name="Round">The round; null for all.</param>
/// <param name="Version">An older version; null for the newest.</param>
/// <param name="Format">The format.</param>
/// <param name="OnlyConfirmed">Only what people have said something of.</param>
/// <param name="Types">Only these types; empty for all.</param>
public sealed record ExportChoice(
    RunId Run, int? Round, int? Version, ExportFormat Format, bool OnlyConfirmed, IReadOnlyList<string> Types)
{
    /// <summary>What the store is asked for.</summary>
    public ExportRequest Request => new(Run, Round, Version, Format, new ExportFilter(OnlyConfirmed, Types));

    /// <summary>Reads an address; what is missing or wrong in it becomes the usual.</summary>
    public static ExportChoice Read(RunId run, int? round, int? version, string? format, bool confirmed, IEnumerable<string>? types) => new(
        run, round, round is null ? null : version, ExportFormats.Find(format ?? "") ?? ExportFormat.All, confirmed,
        [.. (types ?? []).Where(type => type.Length > 0).Distinct(StringComparer.Ordinal)]);

    /// <summary>The page with this choice.</summary>
    public string Page => $"/runs/{Run}/datasets{Query([])}";

    /// <summary>The file for a person.</summary>
    public string Download(string who) =>
        $"/api/v1/runs/{Run}/{OfRound}datasets/all{Query([("who", who)])}";

    private string OfRound => Round is { } round ? FormattableString.Invariant($"rounds/{round}/") : "";

    private string Query(IEnumerable<(string Name, string Value)> more)
    {
        List<(string Name, string Value)> parts = [];
        if (Round is { } round && !more.Any())
        {
            parts.Add(("round", FormattableString.Invariant($"{round}")));
        }

        if (Version is { } version)
        {
            parts.Add(("version", FormattableString.Invariant($"{version}")));
        }

        parts.Add(("format", ExportFormats.Name(Format)));
        if (OnlyConfirmed)
        {
            parts.Add(("only_confirmed", "true"));
        }

        parts.AddRange(Types.Select(type => ("type", type)));
        parts.AddRange(more);
        return "?" + string.Join('&', parts.Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value)}"));
    }
}
