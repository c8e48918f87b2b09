using System.Text.Encodings.Web;
using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Training.Lineage;

namespace SEAS.Web.Live.Lineage;

/// <summary>A chain as JSON, for programs.</summary>
internal static class LineageJson
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    public static string Write(LineageChain chain, ReplayReport? replay) => JsonSerializer.Serialize(new
    {
        id = chain.Asked.ToString(),
        run = chain.Asked.Run.Value,
        chain = chain.Links.Select(Link),
        replay = replay is null ? null : Report(replay),
    }, s_options);

    private static object Link(LineageLink link) => new
    {
        id = link.Id.ToString(),
        kind = link.Kind.ToString().ToLowerInvariant(),
        from = link.From.Select(from => from.ToString()),
        texts = link.Texts.ToDictionary(text => text.Name.Replace(' ', '_'), text => text.Text),
        facts = link.Facts.ToDictionary(fact => fact.Name, fact => fact.Value),
    };

    private static object Report(ReplayReport replay) => new
    {
        equal = replay.IsEqual,
        made_with = replay.Company,
        rows = replay.Findings.Select(finding => new
        {
            id = finding.Id.ToString(),
            what = finding.What,
            equal = finding.IsEqual,
            recorded = finding.Recorded,
            again = finding.Again,
        }),
    };
}
