using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Review.Files;
using SEAS.Training.Runs.Context;
using SEAS.Web.Security;

namespace SEAS.Web.Api;

/// <summary>A run's labels as a file: <c>/api/v1/runs/{id}/labels?format=jsonl</c>.</summary>
internal static class LabelEndpoints
{
    private static readonly Dictionary<string, (LabelFormat Format, string Type, string Suffix)> s_formats = new(StringComparer.Ordinal)
    {
        ["jsonl"] = (LabelFormat.JsonLines, "application/x-ndjson", "jsonl"),
        ["csv"] = (LabelFormat.Csv, "text/csv", "csv"),
        ["argilla"] = (LabelFormat.Argilla, "application/json", "argilla.json"),
        ["label-studio"] = (LabelFormat.LabelStudio, "application/json", "label-studio.json"),
    };

    public static void MapLabelApi(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/api/v1/runs/{id}/labels", Labels).ChangesNothing();

    private static IResult Labels(Store store, string id, string format = "jsonl", bool all = false)
    {
        if (store.Runs.Find(new RunId(id)) is not { } run)
        {
            return RunEndpoints.Missing(id);
        }

        if (!s_formats.TryGetValue(format, out var kind))
        {
            return Results.Problem(
                statusCode: StatusCodes.Status400BadRequest,
                title: "Labels are not written in this format",
                detail: $"format is \"{format}\" and must be one of {string.Join(", ", s_formats.Keys)}.");
        }

        // Written to memory first: a failure half-way is an error, not a short file.
        var file = new MemoryStream();
        store.Labels.Export.Write(run.Id, kind.Format, file, withUnlabelled: all);
        file.Position = 0;
        return Results.File(file, kind.Type, $"{run.Id}-labels.{kind.Suffix}");
    }
}
