using System.Text.Json;
using SEAS.Data.Datasets.Import.Sources;

namespace SEAS.Data.Datasets.Import.Records;

/// <summary>JSON texts of files, as deep as datasets are.</summary>
internal static class JsonText
{
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 64 };

    /// <exception cref="JsonException">It is no whole JSON text, or too deep.</exception>
    public static JsonDocument Parse(string text) => JsonDocument.Parse(text, s_options);

    /// <summary>The same; null if it is none.</summary>
    public static JsonDocument? TryParse(string text)
    {
        try
        {
            return Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether an error says that a name or a text is none, since it holds half a letter.</summary>
    public static bool IsHalfText(InvalidOperationException error) =>
        error.Source?.StartsWith("System.Text.Json", StringComparison.Ordinal) == true;

    /// <summary>A value as a record, or what is wrong with it.</summary>
    public static FoundRecord Record(int row, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => new FoundRecord(new JsonSourceRecord(row, value), null),
        _ => new FoundRecord(null, new RowError(row, "", $"expected an object in braces, found {JsonSourceRecord.Kind(value)}")),
    };
}
