using System.Globalization;
using System.Text.Json;

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
        fields.Element.TryGetProperty(part, out var value) && value.ValueKind == JsonValueKind.Object
            ? fields.Child(part)?.Text("content")
            : fields.Text(part);

    /// <summary>The parts that a token can play, by the names that files and chat templates call them.</summary>
    public static IReadOnlyList<string> Parts { get; } =
        ["bos_token", "eos_token", "unk_token", "pad_token", "sep_token", "cls_token", "mask_token"];

    /// <summary>The tokens that are named for a part, with the part.</summary>
    public IEnumerable<(string Part, string Token)> Named() =>
        Parts.Select(part => (part, TokenName(part))).Where(named => named.Item2 is { Length: > 0 }).Select(named => (named.part, named.Item2!));

    /// <summary>Tokens that this file makes special beside those of <c>tokenizer.json</c>: listed as added, or named for a part. Those that
    /// stand in both are what <c>tokenizer.json</c> says.</summary>
    /// <param name="known">The tokens of <c>tokenizer.json</c>.</param>
    /// <param name="vocabulary">The model's own tokens.</param>
    public IEnumerable<AddedToken> Beside(IReadOnlyList<AddedToken> known, IReadOnlyDictionary<string, int> vocabulary)
    {
        var contents = known.Select(token => token.Content).ToHashSet(StringComparer.Ordinal);
        var ids = known.Select(token => token.Id).ToHashSet();
        foreach (var token in Added())
        {
            var id = vocabulary.TryGetValue(token.Content, out var own) ? own : token.Id;
            if (contents.Add(token.Content) && ids.Add(id))
            {
                yield return token with { Id = id };
            }
        }

        foreach (var token in Named().Select(named => named.Token).Concat(Additional()))
        {
            if (vocabulary.TryGetValue(token, out var id) && contents.Add(token))
            {
                yield return new AddedToken(id, token, Special: true, SingleWord: false, StripsLeft: false, StripsRight: false);
            }
        }
    }

    private IEnumerable<string> Additional()
    {
        foreach (var name in new[] { "additional_special_tokens", "extra_special_tokens" })
        {
            if (fields.Element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in list.EnumerateArray())
                {
                    var token = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("content", out var content) ? content : item;
                    if (token.ValueKind == JsonValueKind.String && token.GetString() is { Length: > 0 } text)
                    {
                        yield return text;
                    }
                }
            }
        }
    }

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
