using SEAS.Data;
using SEAS.Data.Contracts.Ids;
using SEAS.Training.Lineage;
using SEAS.Web.Live.Lineage;
using SEAS.Web.Security;

namespace SEAS.Web.Api;

/// <summary>Where a row came from, for programs: <c>/api/v1/lineage?id=embedded-1/r1/s12/p0/a2</c>.</summary>
internal static class LineageEndpoints
{
    public static void MapLineageApi(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/api/v1/lineage", Of).ChangesNothing();

    private static IResult Of(Store store, string? id)
    {
        if (RowId.TryParse(id) is not { } row)
        {
            return Results.Problem(
                statusCode: StatusCodes.Status400BadRequest,
                title: "This names no row",
                detail: $"id is \"{id}\" and must have one of the forms {RowId.Forms}.");
        }

        try
        {
            return Results.Content(LineageJson.Write(LineageReader.Of(store, row), replay: null), "application/json");
        }
        catch (RowNotFoundException missing)
        {
            return Results.Problem(
                statusCode: StatusCodes.Status404NotFound, title: "There is no such row", detail: missing.WithoutFolder);
        }
    }
}
