using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using SEAS.Data;
using SEAS.Data.Domain;
using SEAS.Data.Export;

namespace SEAS.Web.Api;

/// <summary>Datasets for programs: <c>/api/v1/runs/{id}/rounds/{k}/datasets</c>, and the files themselves with range and ETag.</summary>
internal static class DatasetEndpoints
{
    private static readonly string[] s_readMethods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapDatasetApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/v1/datasets/notice", () => Results.Ok(new { DatasetNotice.Version, DatasetNotice.Text }));
        endpoints.MapPost("/api/v1/datasets/notice", Accept).DisableAntiforgery();   // other sites are kept out by SameOriginGate
        endpoints.MapGet("/api/v1/datasets/log", (Store store, string? run) =>
            Results.Ok(store.DatasetAccess.Log(run is null ? null : new RunId(run))));
        var runs = endpoints.MapGroup("/api/v1/runs/{id}");
        runs.MapGet("datasets", (Store store, string id) => List(store, id, round: null));
        runs.MapGet("rounds/{round:int}/datasets", (Store store, string id, int round) => List(store, id, round));
        runs.MapMethods("datasets/{name}", s_readMethods, DownloadAsync);
        runs.MapMethods("rounds/{round:int}/datasets/{name}", s_readMethods, DownloadAsync);
        runs.MapGet("datasets/{name}/preview", PreviewAsync);
        runs.MapGet("rounds/{round:int}/datasets/{name}/preview", PreviewAsync);
    }

    private static IResult Accept(Store store, HttpRequest request, string? who) => Guarded(() =>
    {
        store.DatasetAccess.Accept(DatasetVisitor.Of(request, who).Name);
        return Results.NoContent();
    });

    private static IResult List(Store store, string id, int? round) => Guarded(() =>
    {
        if (store.Runs.Find(new RunId(id)) is not { } run)
        {
            return RunEndpoints.Missing(id);
        }

        return Results.Ok(new DatasetsAnswer(
            run.Id.Value,
            [.. store.Datasets.Versions(run.Id).Where(version => round is null || version.Round == round)
                .Select(version => VersionAnswer.Of(version, store.Datasets.Manifest(version)))],
            ExportFormats.Names));
    });

    private static Task<IResult> PreviewAsync(
        Store store, DatasetDownloads downloads, HttpContext context, [AsParameters] DatasetQuery query) =>
        GuardedAsync(async () =>
            Results.Ok(await downloads.PreviewAsync(query.Request(store, context.Request), context.RequestAborted)));

    private static Task<IResult> DownloadAsync(
        Store store, DatasetDownloads downloads, HttpContext context, [AsParameters] DatasetQuery query) =>
        GuardedAsync(async () =>
        {
            var visitor = DatasetVisitor.Of(context.Request, query.Who);
            if (!visitor.MayTake(store))
            {
                return Results.Problem(
                    statusCode: StatusCodes.Status403Forbidden,
                    title: "The notice about harmful content has not been accepted",
                    detail: $"{DatasetNotice.Text} If {visitor.Name} agrees: POST "
                        + $"/api/v1/datasets/notice?who={Uri.EscapeDataString(visitor.Name)}, "
                        + $"or send the header {DatasetVisitor.NoticeHeader}: accepted.");
            }

            var request = query.Request(store, context.Request);
            var export = await downloads.PrepareAsync(request, context.RequestAborted);
            if (HttpMethods.IsGet(context.Request.Method))
            {
                visitor.Record(store, request, export, context.Request.GetTypedHeaders().Range);
            }

            return Results.File(
                export.Path, export.ContentType, export.FileName,
                entityTag: new EntityTagHeaderValue($"\"{export.Sha256}\""), enableRangeProcessing: true);
        });

    private static IResult Guarded(Func<IResult> answer)
    {
        try
        {
            return answer();
        }
        catch (Exception error) when (Explained(error) is { } problem)
        {
            return problem;
        }
    }

    private static async Task<IResult> GuardedAsync(Func<Task<IResult>> answer)
    {
        try
        {
            return await answer();
        }
        catch (Exception error) when (Explained(error) is { } problem)
        {
            return problem;
        }
    }

    private static IResult? Explained(Exception error) => error switch
    {
        Data.Runs.RunNotFoundException missing => RunEndpoints.Missing(missing.Id.Value),
        DatasetNotFoundException => Problem(StatusCodes.Status404NotFound, "There are no such datasets", error),
        DatasetException => Problem(StatusCodes.Status500InternalServerError, "The datasets cannot be given out", error),
        ArgumentException => Problem(StatusCodes.Status400BadRequest, "The datasets cannot be asked for like this", error),
        _ => null,
    };

    private static IResult Problem(int status, string title, Exception error) =>
        Results.Problem(statusCode: status, title: title, detail: error.Message);
}
