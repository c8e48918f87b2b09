using System.Text.Json;
using SEAS.Data.Text;

namespace SEAS.Data.Datasets.Import.Records;

/// <summary>A JSON object as a record.</summary>
internal sealed class JsonSourceRecord(int row, JsonElement fields) : SourceRecord(row)
{
    private const int MostNamed = 12;

    /// <summary>The object itself.</summary>
    public JsonElement Whole => fields;

    public override IEnumerable<string> Columns => fields.EnumerateObject().Select(Name);

    public override bool Has(string column) => Json(column).ValueKind != JsonValueKind.Undefined;

    public override string? Text(string column)
    {
        var text = Written(Json(column), column);
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    public override string? Given(string column) => Written(Json(column), column);

    public override JsonElement Json(string column)
    {
        try
        {
            return fields.TryGetProperty(column, out var value) ? value : default;
        }
        catch (InvalidOperationException)
        {
            throw HalfName();
        }
    }

    public override string Needed(string column)
    {
        var value = Json(column);
        if (value.ValueKind == JsonValueKind.String)
        {
            return Text(column) ?? throw new RowFault(column, "expected a text, found nothing");
        }

        var found = value.ValueKind == JsonValueKind.Undefined
            ? $"the fields {string.Join(", ", Columns.Take(MostNamed).Select(Shown.Shortly))}"
            : Kind(value);
        throw new RowFault(column, $"expected a text in the field '{column}', found {found}");
    }

    /// <summary>A value as a cell of a table would hold it.</summary>
    /// <exception cref="RowFault">It holds half a letter or a null character.</exception>
    public static string? Written(JsonElement value, string column)
    {
        try
        {
            var text = value.ValueKind switch
            {
                JsonValueKind.Undefined or JsonValueKind.Null => null,
                JsonValueKind.String => value.GetString(),
                JsonValueKind.True => "true",
                JsonValueKind.False => "false",
                _ => value.GetRawText(),
            };
            return text is null || !text.Contains('\0', StringComparison.Ordinal)
                ? text
                : throw new RowFault(column, "expected text, found a null character (\\u0000)");
        }
        catch (InvalidOperationException)
        {
            throw new RowFault(column, "expected whole letters, found half of one (a lone surrogate such as \\ud83d)");
        }
    }

    /// <summary>A member's name.</summary>
    /// <exception cref="RowFault">It holds half a letter or a null character.</exception>
    public static string Name(JsonProperty member)
    {
        try
        {
            return member.Name.Contains('\0', StringComparison.Ordinal)
                ? throw new RowFault("", "expected names of text, found one with a null character (\\u0000)")
                : member.Name;
        }
        catch (InvalidOperationException)
        {
            throw HalfName();
        }
    }

    /// <summary>Says that a name is no text.</summary>
    public static RowFault HalfName() =>
        new("", "expected names of whole letters, found one with half of one (a lone surrogate such as \\ud83d)");

    /// <summary>What a value is, in a word.</summary>
    public static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined => "nothing",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        var kind => kind.ToString().ToLowerInvariant(),
    };
}
