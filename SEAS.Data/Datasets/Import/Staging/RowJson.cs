using System.Text.Encodings.Web;
using System.Text.Json;

namespace SEAS.Data.Datasets.Import.Staging;

/// <summary>How the nested parts of a row are written.</summary>
internal static class RowJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
