using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;
using SEAS.Web.Security;
using static SEAS.Web.Api.DownloadResults;

namespace SEAS.Web.Api;

/// <summary>A run's models for programs: <c>/api/v1/runs/{id}/models</c>, and the files themselves with range and ETag.</summary>
internal static class CheckpointEndpoints
{
    private static readonly string[] s_readMethods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapCheckpointApi(this IEndpointRouteBuilder endpoints)
    {
        var models = endpoints.MapGroup("/api/v1/runs/{id}/models");
        models.MapGet("", List).ChangesNothing();
        models.MapMethods("{name}", s_readMethods, DownloadAsync);
    }

    private static IResult List(Store store, string id) => store.Runs.Find(new RunId(id)) is { } run
        ? Results.Ok(ModelDownloads.Offered(store, run.Id).Select(checkpoint => new ModelAnswer(
            ModelDownloads.Place(checkpoint.Role, checkpoint.Iteration), checkpoint.Role.ToString().ToLowerInvariant(),
            checkpoint.Iteration, checkpoint.Sha256, checkpoint.CreatedUtc, ModelDownloads.HasAdapter(store, checkpoint))))
        : RunEndpoints.Missing(id);

    private static Task<IResult> DownloadAsync(
        Store store, ModelDownloads downloads, HttpContext context, string id, string name, string? format, string? precision,
        string? who) => GuardedAsync(async () =>
        {
            var visitor = DatasetVisitor.Of(context.Request, who);
            if (!visitor.MayTake(store))
            {
                return NoticeFirst(visitor);
            }

            var form = ModelForm.Of(format, precision);
            var model = RowId.TryParse($"{store.Runs.Get(new RunId(id)).Id}/{name}") as CheckpointId ?? throw new ArgumentException(
                $"A model is called target-N or red-N, but \"{name}\" was asked for. GET /api/v1/runs/{id}/models lists them.");
            var export = await downloads.PrepareAsync(model, form, context.RequestAborted);
            return Give(context, store, visitor, export, (log, person, way) =>
                log.RecordModel(model.Run, model.Iteration, form.Name, export, person, way));
        });
}

/// <summary>A model as programs get it.</summary>
internal sealed record ModelAnswer(
    string Name, string Role, int Iteration, string WeightsSha256, DateTimeOffset CreatedUtc, bool HasAdapter);
