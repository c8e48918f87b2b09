using Microsoft.AspNetCore.Mvc;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Export;
using SEAS.Data.Datasets.Frozen;
using SEAS.Web.Security;
using static SEAS.Web.Api.DownloadResults;

namespace SEAS.Web.Api;

/// <summary>Datasets for programs: <c>/api/v1/runs/{id}/rounds/{k}/datasets</c>, and the files themselves with range and ETag.</summary>
internal static class DatasetEndpoints
{
    private static readonly string[] s_readMethods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapDatasetApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/v1/datasets/notice", () => Results.Ok(new { DatasetNotice.Version, DatasetNotice.Text })).ChangesNothing();
        endpoints.MapPost("/api/v1/datasets/notice", Accept).DisableAntiforgery();   // other sites are kept out by SameOriginGate
        endpoints.MapGet("/api/v1/datasets/log", (Store store, string? run) =>
            Results.Ok(store.DatasetAccess.Log(run is null ? null : new RunId(run)))).ChangesNothing();
        var runs = endpoints.MapGroup("/api/v1/runs/{id}");
        runs.MapGet("datasets", (Store store, string id) => List(store, id, round: null)).ChangesNothing();
        runs.MapGet("rounds/{round:int}/datasets", (Store store, string id, int round) => List(store, id, round)).ChangesNothing();
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
                return NoticeFirst(visitor);
            }

            var request = query.Request(store, context.Request);
            var export = await downloads.PrepareAsync(request, context.RequestAborted);
            return Give(context, store, visitor, export, (log, name, way) => log.Record(request, export, name, way));
        });
}
