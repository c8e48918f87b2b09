using System.Text.Json;
using SEAS.Data.Datasets.Import.Sources;

namespace SEAS.Data.Datasets.Import.Records;

/// <summary>JSON objects in an array, or one after another over several lines each.</summary>
internal sealed class JsonRecords(bool isArray) : IRecordSource
{
    /// <summary>The column of an array's element that is a text alone.</summary>
    public const string TextColumn = "element";

    public string Name => isArray ? "JSON array" : "JSON objects";

    public IEnumerable<FoundRecord> Read(CheckedText text)
    {
        var values = new JsonValues(text);
        var row = 0;
        foreach (var value in isArray ? values.Elements() : values.Sequence())
        {
            row++;
            using var document = Parsed(value, row, out var problem);
            yield return document is null ? new FoundRecord(null, problem) : Record(row, document.RootElement);
        }
    }

    private static FoundRecord Record(int row, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return JsonText.Record(row, value);
        }

        try
        {
            return new FoundRecord(new NamedTexts(row, (TextColumn, JsonSourceRecord.Written(value, TextColumn))), null);
        }
        catch (RowFault fault)
        {
            return new FoundRecord(null, fault.At(row));
        }
    }

    private static JsonDocument? Parsed(string value, int row, out RowError? problem)
    {
        problem = null;
        try
        {
            return JsonText.Parse(value);
        }
        catch (JsonException error)
        {
            problem = new RowError(row, "", $"expected a whole JSON object; {error.Message}");
            return null;
        }
    }
}
