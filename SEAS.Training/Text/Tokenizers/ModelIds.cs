using System.Text.Json;

namespace SEAS.Training.Text.Tokenizers;

/// <summary>Token ids that stand beside a tokenizer's own files: in <c>config.json</c> and <c>generation_config.json</c>.</summary>
internal static class ModelIds
{
    /// <summary>The files, in the order in which they are read.</summary>
    public static IReadOnlyList<string> Files { get; } = ["config.json", "generation_config.json"];

    /// <summary>Every id that ends an answer, and the id that opens a text, by both files.</summary>
    /// <exception cref="InvalidDataException">generation_config.json is damaged, or an id is no whole number.</exception>
    public static (IReadOnlyList<int> Ends, int? Bos) Read(string folder)
    {
        var each = Files.Select(file => ReadFile(folder, file)).ToList();
        return ([.. each.SelectMany(ids => ids.Ends).Distinct()], each.SelectMany(ids => ids.Openings).Cast<int?>().FirstOrDefault());
    }

    /// <summary>What one of the files says; nothing where it is missing or says null.</summary>
    public static (IReadOnlyList<int> Ends, IReadOnlyList<int> Openings) ReadFile(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        if (!File.Exists(path))
        {
            return ([], []);
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return (Ids(json.RootElement, "eos_token_id", path), Ids(json.RootElement, "bos_token_id", path));
        }
        catch (JsonException error)
        {
            // Who reads the model's sizes says what is wrong with config.json.
            return file == Files[0] ? ([], []) : throw new InvalidDataException(
                $"{path}: damaged. Expected: a JSON object. Found: {error.Message} Fetch the file again, or take it away.", error);
        }
    }

    private static List<int> Ids(JsonElement root, string name, string path)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        List<int> ids = [];
        foreach (var item in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToList() : [value])
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt32(out var id))
            {
                throw new InvalidDataException(
                    $"{path}: cannot use the field '{name}'. Expected: a token's id, or a list of ids. Found: {value.GetRawText()}. "
                    + "Mend the file.");
            }

            if (id >= 0)   // −1 is how some say that there is none
            {
                ids.Add(id);
            }
        }

        return ids;
    }
}
