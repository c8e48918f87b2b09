using System.Text.Json;

namespace SEAS.Data.Datasets.Import.Records;

/// <summary>A record of texts that a format names itself: a line, a question under its topics.</summary>
internal sealed class NamedTexts(int row, params (string Column, string? Text)[] texts) : SourceRecord(row)
{
    public override IEnumerable<string> Columns => texts.Select(text => text.Column);

    public override bool Has(string column) => Array.Exists(texts, text => text.Column == column);

    public override string? Text(string column) =>
        Array.Find(texts, text => text.Column == column).Text is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    public override string? Given(string column) => Array.Find(texts, text => text.Column == column).Text;

    public override JsonElement Json(string column) => default;

    public override string Needed(string column) =>
        Text(column) ?? throw new RowFault(column, "expected the text of a prompt, found nothing");
}
