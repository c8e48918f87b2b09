using System.Text.Json;

namespace SEAS.Data.Datasets.Export;

/// <summary>A verdict's row as garak sees it.</summary>
/// <param name="Id">The verdict's id.</param>
/// <param name="Prompt">The prompt's id.</param>
/// <param name="Text">The prompt.</param>
/// <param name="Output">The answer.</param>
/// <param name="Category">The prompt's type.</param>
/// <param name="Generator">The target's checkpoint.</param>
/// <param name="IsUnsafe">What counts.</param>
/// <param name="Score">The guard's score; 0 or 1 where what counts is not what the guard said, or people confirmed it.</param>
internal sealed record GarakAnswer(
    string Id, string Prompt, string Text, string Output, string Category, string Generator, bool IsUnsafe, double Score)
{
    public static GarakAnswer Of(JsonElement row)
    {
        var isUnsafe = row.GetProperty("label").ValueEquals("unsafe");
        var byGuard = row.GetProperty("human_label").ValueKind == JsonValueKind.Null
            && row.GetProperty("guard_label").ValueEquals("unsafe") == isUnsafe;
        var attempt = Text(row, "attempt_id");
        return new GarakAnswer(
            Text(row, "id"), attempt[..attempt.LastIndexOf('/')], Text(row, "prompt"), Text(row, "output"), Text(row, "category"),
            Text(row, "generator"), isUnsafe, byGuard ? row.GetProperty("score").GetDouble() : isUnsafe ? 1 : 0);

        static string Text(JsonElement row, string column) => row.GetProperty(column).GetString()!;
    }
}
