using System.Text.Json;

namespace SEAS.Training.Text.Tokenizers;

/// <summary>Understands Hugging Face's <c>tokenizer.json</c> and <c>tokenizer_config.json</c> for byte-pair models.</summary>
internal sealed class TokenizerJson(JsonFields tokenizer, TokenizerConfig config)
{
    private static readonly string[] UsualEnds = ["<|endoftext|>", "</s>", "<|end_of_text|>", "<eos>"];

    /// <summary>What the two files say.</summary>
    public TokenizerDefinition Parse()
    {
        var model = ReadModel(tokenizer.Child("model") ?? throw tokenizer.Wrong("model", "an object", "nothing"));
        var added = tokenizer.Items("added_tokens").Select(ReadAdded).ToList();
        added.AddRange(config.Beside(added, model.Vocabulary));
        var preTokenizer = PreTokenizerJson.Read(tokenizer.Child("pre_tokenizer"));
        var (opening, closing) = Ends(tokenizer.Child("post_processor"));
        var bos = config.TokenName("bos_token") ?? opening;
        var eos = config.TokenName("eos_token") ?? closing ?? UsualEnds.FirstOrDefault(name => added.Any(token => token.Content == name));
        return new TokenizerDefinition(
            model,
            added,
            [.. ReadNormalizer(tokenizer.Child("normalizer"))],
            preTokenizer,
            DecoderJson.Read(tokenizer.Child("decoder"), preTokenizer.ByteLevel),
            bos,
            eos,
            AddsBos: bos is not null && (config.AddsBos ?? opening == bos),
            AddsEos: eos is not null && (config.AddsEos ?? closing == eos));
    }

    private static BpeModel ReadModel(JsonFields model)
    {
        if (model.Element.TryGetProperty("type", out _) && model.Type != "BPE")   // very old files leave the type out
        {
            throw model.Wrong("type", "BPE", model.Type);
        }

        foreach (var name in new[] { "continuing_subword_prefix", "end_of_word_suffix" })
        {
            if (model.Text(name) is { Length: > 0 } affix)
            {
                throw model.Wrong(name, "nothing", $"'{affix}'");
            }
        }

        var words = model.Child("vocab") ?? throw model.Wrong("vocab", "an object of token and id", "nothing");
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in words.Element.EnumerateObject())
        {
            vocabulary[entry.Name] = entry.Value.ValueKind == JsonValueKind.Number && entry.Value.TryGetInt32(out var id) && id >= 0
                ? id
                : throw words.Wrong(entry.Name, "a whole number from 0 on", entry.Value.ToString());
        }

        return new BpeModel(
            vocabulary,
            [.. ReadMerges(model)],
            model.Text("unk_token"),
            model.Flag("fuse_unk") ?? false,
            model.Flag("byte_fallback") ?? false,
            model.Flag("ignore_merges") ?? false);
    }

    private static IEnumerable<(string Left, string Right)> ReadMerges(JsonFields model)
    {
        if (!model.Element.TryGetProperty("merges", out var merges) || merges.ValueKind != JsonValueKind.Array)
        {
            throw model.Wrong("merges", "an array", merges.ValueKind.ToString());
        }

        var index = 0;
        foreach (var merge in merges.EnumerateArray())
        {
            var parts = merge.ValueKind switch
            {
                JsonValueKind.String => merge.GetString()!.Split(' '),
                JsonValueKind.Array => [.. merge.EnumerateArray().Select(part => part.ToString())],
                _ => [],
            };
            yield return parts is [var left, var right]
                ? (left, right)
                : throw model.Wrong($"merges[{index}]", "two tokens, as \"a b\" or [\"a\", \"b\"]", merge.ToString());
            index++;
        }
    }

    private static AddedToken ReadAdded(JsonFields token) => Added(token, token.Number("id"));

    /// <summary>A token that was added to the vocabulary.</summary>
    internal static AddedToken Added(JsonFields token, int id) => new(
        id,
        token.Text("content") is { Length: > 0 } content ? content : throw token.Wrong("content", "a text", "nothing"),
        token.Flag("special") ?? false,
        token.Flag("single_word") ?? false,
        token.Flag("lstrip") ?? false,
        token.Flag("rstrip") ?? false)
    {
        Normalized = token.Flag("normalized") ?? !(token.Flag("special") ?? false),
    };

    private static IEnumerable<NormalizerStep> ReadNormalizer(JsonFields? normalizer) => normalizer?.Type switch
    {
        null => [],
        "Sequence" => normalizer.Items("normalizers").SelectMany(ReadNormalizer),
        "Prepend" => [new NormalizerStep(NormalizerKind.Prepend, Content: normalizer.Text("prepend") ?? string.Empty)],
        "Replace" => [new NormalizerStep(NormalizerKind.Replace, PatternOf(normalizer), normalizer.Text("content") ?? string.Empty)],
        "NFC" => [new NormalizerStep(NormalizerKind.Compose)],
        var type => throw normalizer.Wrong("type", "Sequence, Prepend, Replace or NFC", type),
    };

    /// <summary>The plain text that a Replace looks for.</summary>
    internal static string PatternOf(JsonFields replace) =>
        replace.Child("pattern")?.Text("String") is { Length: > 0 } pattern
            ? pattern
            : throw replace.Wrong("pattern", "{\"String\": …}", replace.Child("pattern")?.Element.ToString() ?? "nothing");

    /// <summary>The special tokens that a template puts in front of a single text and behind it, if any.</summary>
    private static (string? Opening, string? Closing) Ends(JsonFields? processor)
    {
        switch (processor?.Type)
        {
            case null or "ByteLevel":
                return (null, null);
            case "Sequence":
                return processor.Items("processors").Select(Ends).FirstOrDefault(ends => ends != (null, null));
            case "TemplateProcessing":
                var pieces = processor.Items("single").Select(piece => piece.Child("SpecialToken")?.Text("id")).ToList();
                var text = pieces.IndexOf(null);
                return text is 0 or 1 && pieces.Count - text <= 2
                    ? (text == 1 ? pieces[0] : null, pieces.Count > text + 1 ? pieces[^1] : null)
                    : throw processor.Wrong("single", "a text with at most one token on each side", $"{pieces.Count} pieces");
            default:
                throw processor.Wrong("type", "ByteLevel, TemplateProcessing or Sequence", processor.Type);
        }
    }
}
