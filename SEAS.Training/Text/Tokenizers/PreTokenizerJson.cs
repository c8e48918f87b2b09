using SEAS.Training.Text.PreTokenizers;

namespace SEAS.Training.Text.Tokenizers;

/// <summary>Understands the <c>pre_tokenizer</c> of a <c>tokenizer.json</c>.</summary>
internal static class PreTokenizerJson
{
    /// <summary>How text is cut before merging.</summary>
    /// <exception cref="InvalidDataException">The file asks for a way of cutting that is not known.</exception>
    public static PreTokenizer Read(JsonFields? preTokenizer) => preTokenizer?.Type switch
    {
        null => new PreTokenizer(ByteLevel: false, WordRule.None, SplitsAtSpaces: false, PrefixRule.Never, " "),
        "Sequence" => OfSequence(preTokenizer, [.. preTokenizer.Items("pretokenizers")]),
        "ByteLevel" => Bytes(preTokenizer, preTokenizer.Flag("use_regex") ?? true ? WordRule.Gpt2 : WordRule.None),
        "Metaspace" => new PreTokenizer(
            ByteLevel: false, WordRule.None, preTokenizer.Flag("split") ?? true, PrefixOf(preTokenizer),
            preTokenizer.Text("replacement") ?? "▁"),
        var type => throw preTokenizer.Wrong("type", "ByteLevel, Metaspace or Sequence", type),
    };

    /// <summary>The rule of a Metaspace step; older files say <c>add_prefix_space</c>.</summary>
    public static PrefixRule PrefixOf(JsonFields metaspace) => metaspace.Text("prepend_scheme") switch
    {
        null => metaspace.Flag("add_prefix_space") ?? true ? PrefixRule.Always : PrefixRule.Never,
        "always" => PrefixRule.Always,
        "first" => PrefixRule.First,
        "never" => PrefixRule.Never,
        var scheme => throw metaspace.Wrong("prepend_scheme", "always, first or never", scheme),
    };

    private static PreTokenizer OfSequence(JsonFields sequence, IReadOnlyList<JsonFields> steps) => steps switch
    {
        [var only] => Read(only),
        [{ Type: "Split" } split, { Type: "ByteLevel" } bytes] when bytes.Flag("use_regex") == false => Bytes(bytes, RuleOf(split)),
        [{ Type: "Digits" } digits, { Type: "ByteLevel" } bytes] when digits.Flag("individual_digits") == true
            && bytes.Flag("use_regex") != false => Bytes(bytes, WordRule.Gpt2SingleDigits),
        _ => throw sequence.Wrong(
            "pretokenizers",
            "ByteLevel or Metaspace alone, Split and ByteLevel without a pattern of its own, or Digits one by one and ByteLevel with one",
            string.Join(" + ", steps.Select(step => step.Type))),
    };

    private static PreTokenizer Bytes(JsonFields bytes, WordRule words) => new(
        ByteLevel: true, words, SplitsAtSpaces: false, bytes.Flag("add_prefix_space") ?? true ? PrefixRule.Always : PrefixRule.Never, " ");

    private static WordRule RuleOf(JsonFields split)
    {
        if (split.Text("behavior") != "Isolated" || split.Flag("invert") == true)
        {
            throw split.Wrong("behavior", "Isolated, not inverted", split.Element.ToString());
        }

        var pattern = split.Child("pattern");
        return pattern?.Text("Regex") is { } regex && WordRules.Find(regex) is { } rule
            ? rule
            : throw split.Wrong("pattern", "the pattern of GPT-2, Llama 3 or Qwen2", pattern?.Element.ToString() ?? "nothing");
    }
}
