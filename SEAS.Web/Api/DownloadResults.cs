using Microsoft.Net.Http.Headers;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Export;
using SEAS.Data.Datasets.Frozen;
using SEAS.Training.ModelFiles;

namespace SEAS.Web.Api;

/// <summary>What all downloads have in common: the notice, the log, ranges and tags, and what is said when it cannot be done.</summary>
internal static class DownloadResults
{
    /// <summary>The answer to somebody who has not accepted the notice.</summary>
    public static IResult NoticeFirst(DatasetVisitor visitor) => Results.Problem(
        statusCode: StatusCodes.Status403Forbidden,
        title: "The notice about harmful content has not been accepted",
        detail: $"{DatasetNotice.Text} If {visitor.Name} agrees: POST "
            + $"/api/v1/datasets/notice?who={Uri.EscapeDataString(visitor.Name)}, "
            + $"or send the header {DatasetVisitor.NoticeHeader}: accepted.");

    /// <summary>A finished file, logged if it is taken and not only asked about.</summary>
    public static IResult Give(
        HttpContext context, Store store, DatasetVisitor visitor, PreparedExport export, Action<DatasetAccess, string, string> record)
    {
        if (HttpMethods.IsGet(context.Request.Method))
        {
            visitor.Record(store, export, context.Request.GetTypedHeaders().Range, record);
        }

        return Results.File(
            export.Path, export.ContentType, export.FileName,
            entityTag: new EntityTagHeaderValue($"\"{export.Sha256}\""), enableRangeProcessing: true);
    }

    public static IResult Guarded(Func<IResult> answer)
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

    public static async Task<IResult> GuardedAsync(Func<Task<IResult>> answer)
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
        RunNotFoundException missing => RunEndpoints.Missing(missing.Id.Value),
        DatasetNotFoundException => Problem(StatusCodes.Status404NotFound, "There is nothing of that name", error),
        DatasetException => Problem(StatusCodes.Status500InternalServerError, "This cannot be given out", error),
        CheckpointException => Problem(StatusCodes.Status422UnprocessableEntity, "This model cannot be exported like this", error),
        ArgumentException => Problem(StatusCodes.Status400BadRequest, "This cannot be asked for like this", error),
        _ => null,
    };

    private static IResult Problem(int status, string title, Exception error) =>
        Results.Problem(statusCode: status, title: title, detail: error.Message);
}
