using System.Globalization;

namespace SEAS.Training.Text.Tokenizers;

/// <summary>What <c>tokenizer_config.json</c> says beside the vocabulary.</summary>
internal sealed class TokenizerConfig(JsonFields fields)
{
    /// <summary>Whether texts are opened with a token; null if it does not say.</summary>
    public bool? AddsBos => fields.Flag("add_bos_token");

    /// <summary>Whether texts are ended with a token; null if it does not say.</summary>
    public bool? AddsEos => fields.Flag("add_eos_token");

    /// <summary>A token by its part, written as a text or as an object with <c>content</c>; null if it is not named.</summary>
    public string? TokenName(string part) =>
        fields.Element.TryGetProperty(part, out var value) && value.ValueKind == System.Text.Json.JsonValueKind.Object
            ? fields.Child(part)?.Text("content")
            : fields.Text(part);

    /// <summary>The tokens that were added to the vocabulary, by <c>added_tokens_decoder</c>.</summary>
    public IEnumerable<AddedToken> Added()
    {
        if (fields.Child("added_tokens_decoder") is not { } decoder)
        {
            yield break;
        }

        foreach (var entry in decoder.Element.EnumerateObject())
        {
            var token = decoder.Child(entry.Name) ?? throw decoder.Wrong(entry.Name, "an object", entry.Value.ToString());
            var id = int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw decoder.Wrong(entry.Name, "a whole number as the name", $"'{entry.Name}'");
            yield return TokenizerJson.Added(token, id);
        }
    }
}
