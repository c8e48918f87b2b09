using System.Text.Json;
using SEAS.Data.Datasets.Import.Sources;

namespace SEAS.Data.Datasets.Import.Records;

/// <summary>One JSON object a line.</summary>
internal sealed class JsonLines : IRecordSource
{
    public string Name => "JSON lines";

    public IEnumerable<FoundRecord> Read(CheckedText text)
    {
        for (var row = 1; text.ReadLine() is { } line; row++)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            using var document = Parsed(line, row, out var problem);
            yield return document is null ? new FoundRecord(null, problem) : JsonText.Record(row, document.RootElement);
        }
    }

    private static JsonDocument? Parsed(string line, int row, out RowError? problem)
    {
        problem = null;
        try
        {
            return JsonText.Parse(line);
        }
        catch (JsonException error)
        {
            problem = new RowError(row, "", $"expected one whole JSON object a line; {error.Message}");
            return null;
        }
    }
}
