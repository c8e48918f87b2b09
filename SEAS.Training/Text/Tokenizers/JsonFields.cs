using System.Text.Json;

namespace SEAS.Training.Text.Tokenizers;

/// <summary>Reads fields of a JSON file and says in which file and field it met something else.</summary>
internal sealed class JsonFields(string file, string path, JsonElement element)
{
    /// <summary>The element itself.</summary>
    public JsonElement Element => element;

    /// <summary>Its <c>type</c> field.</summary>
    public string Type => Text("type") ?? throw Wrong("type", "a name", "nothing");

    /// <summary>A field that is an object or missing or null.</summary>
    public JsonFields? Child(string name) =>
        Find(name, JsonValueKind.Object) is { } child ? new JsonFields(file, $"{path}{name}.", child) : null;

    /// <summary>A text field that may be missing or null.</summary>
    public string? Text(string name) => Find(name, JsonValueKind.String)?.GetString();

    /// <summary>A field that is true or false; null if it is missing or null.</summary>
    public bool? Flag(string name)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw Wrong(name, "true or false", value.ValueKind.ToString());
    }

    /// <summary>A whole number of at least zero.</summary>
    public int Number(string name) =>
        Find(name, JsonValueKind.Number) is { } value && value.TryGetInt32(out var number) && number >= 0
            ? number
            : throw Wrong(name, "a whole number from 0 on", element.TryGetProperty(name, out var found) ? found.ToString() : "nothing");

    /// <summary>The objects of an array field; none if it is missing or null.</summary>
    public IEnumerable<JsonFields> Items(string name)
    {
        if (Find(name, JsonValueKind.Array) is not { } array)
        {
            yield break;
        }

        var index = 0;
        foreach (var item in array.EnumerateArray())
        {
            var place = $"{name}[{index++}]";
            yield return item.ValueKind == JsonValueKind.Object
                ? new JsonFields(file, $"{path}{place}.", item)
                : throw Wrong(place, "an object", item.ValueKind.ToString());
        }
    }

    /// <summary>The error for a field that holds something this project cannot use.</summary>
    public InvalidDataException Wrong(string name, string expected, string found) => new(
        $"{file}: cannot use the field '{path}{name}'. Expected: {expected}. Found: {found}. " +
        "Mend the file or take a model folder whose tokenizer this project knows.");

    private JsonElement? Find(string name, JsonValueKind kind)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == kind ? value : throw Wrong(name, kind.ToString().ToLowerInvariant(), value.ValueKind.ToString());
    }
}
