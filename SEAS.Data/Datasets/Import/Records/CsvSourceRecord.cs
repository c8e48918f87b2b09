using System.Text.Json;

namespace SEAS.Data.Datasets.Import.Records;

/// <summary>A table's header: which column stands where. Names are compared without case; of two with one name the first counts.</summary>
internal sealed class CsvHeader
{
    private readonly Dictionary<string, int> _places = new(StringComparer.OrdinalIgnoreCase);

    public CsvHeader(IReadOnlyList<string> names)
    {
        Names = [.. names.Select(name => name.Trim())];
        for (var place = 0; place < Names.Count; place++)
        {
            if (Names[place].Length > 0)
            {
                _places.TryAdd(Names[place], place);
            }
        }
    }

    public IReadOnlyList<string> Names { get; }

    public int Find(string name) => _places.TryGetValue(name, out var place) ? place : -1;
}

/// <summary>A row of a table.</summary>
internal sealed class CsvSourceRecord(int row, CsvHeader header, IReadOnlyList<string> cells) : SourceRecord(row)
{
    public override IEnumerable<string> Columns => header.Names.Where(name => name.Length > 0);

    public override bool Has(string column) => header.Find(column) >= 0;

    public override string? Text(string column) =>
        header.Find(column) is var place and >= 0 && !string.IsNullOrWhiteSpace(cells[place]) ? cells[place] : null;

    public override string? Given(string column) => header.Find(column) is var place and >= 0 ? cells[place] : null;

    public override JsonElement Json(string column) => default;

    public override string Needed(string column) =>
        Text(column) ?? throw new RowFault(column, "expected a text, found nothing");
}
