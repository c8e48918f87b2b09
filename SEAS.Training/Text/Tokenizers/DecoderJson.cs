namespace SEAS.Training.Text.Tokenizers;

/// <summary>Understands the <c>decoder</c> of a <c>tokenizer.json</c>.</summary>
internal static class DecoderJson
{
    /// <summary>Folds the decoder's steps into one set of rules.</summary>
    public static DecoderRules Read(JsonFields? decoder, bool byteLevel)
    {
        var plain = new DecoderRules(ByteLevel: false, ByteFallback: false, [], LeadingSpaces: 0);
        return decoder is null ? plain with { ByteLevel = byteLevel } : Fold(plain, decoder);
    }

    private static DecoderRules Fold(DecoderRules rules, JsonFields step) => step.Type switch
    {
        "Sequence" => step.Items("decoders").Aggregate(rules, Fold),
        "ByteLevel" => rules with { ByteLevel = true },
        "ByteFallback" => rules with { ByteFallback = true },
        "Fuse" => rules,
        "Replace" => With(rules, TokenizerJson.PatternOf(step), step.Text("content") ?? string.Empty),
        "Metaspace" => With(rules, step.Text("replacement") ?? "▁", " ") with
        {
            LeadingSpaces = PreTokenizerJson.PrefixOf(step) == PrefixRule.Never ? 0 : 1,
        },
        "Strip" when step.Text("content") == " " && step.Number("stop") == 0 => rules with { LeadingSpaces = step.Number("start") },
        "Strip" => throw step.Wrong("content", "spaces stripped at the start only", step.Element.ToString()),
        _ => throw step.Wrong("type", "Sequence, ByteLevel, ByteFallback, Fuse, Replace, Metaspace or Strip", step.Type),
    };

    private static DecoderRules With(DecoderRules rules, string from, string to) =>
        rules with { Replacements = [.. rules.Replacements, (from, to)] };
}
