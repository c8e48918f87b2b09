using System.Text.Json;
using SEAS.Data.Datasets.Import.Sources;

namespace SEAS.Data.Datasets.Import.Records;

/// <summary>Rows in a list that stands under one or two names of an object, which is the whole file.</summary>
/// <param name="way">The names that lead to the list.</param>
internal sealed class WrappedRows(params string[] way) : IRecordSource
{
    public string Name => "JSON";

    public IEnumerable<FoundRecord> Read(CheckedText text)
    {
        var row = 0;
        foreach (var value in new JsonValues(text).Sequence())
        {
            using var document = Parsed(value);
            foreach (var element in Rows(document.RootElement))
            {
                row++;
                yield return JsonText.Record(row, element);
            }
        }
    }

    /// <summary>The rows within an object; none where there is no list at the end of the way.</summary>
    public IEnumerable<JsonElement> Rows(JsonElement value)
    {
        foreach (var name in way)
        {
            value = value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var within) ? within : default;
        }

        return value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(Row) : [];
    }

    // The dataset viewer of the Hugging Face hub puts each row under its number.
    private static JsonElement Row(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("row_idx", out _)
        && element.TryGetProperty("row", out var row) && row.ValueKind == JsonValueKind.Object ? row : element;

    private static JsonDocument Parsed(string value)
    {
        try
        {
            return JsonText.Parse(value);
        }
        catch (JsonException error)
        {
            throw new SourceFault("one whole JSON object", error.Message.TrimEnd('.'), "Mend the file, or get it again.", error);
        }
    }
}
