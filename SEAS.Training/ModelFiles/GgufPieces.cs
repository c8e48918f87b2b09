using SEAS.Training.Text.Tokenizers;

namespace SEAS.Training.ModelFiles;

/// <summary>Merges of SentencePiece's kind as GGUF wants them: a score for each token, and the pair whose token scores highest goes
/// first.</summary>
internal static class GgufPieces
{
    private const string Space = "▁";
    private const float Unmerged = -1e6f;

    /// <summary>A score for each id.</summary>
    /// <exception cref="CheckpointException">The merges cannot be told by scores, or a byte has no token to fall back on.</exception>
    public static float[] Scores(BpeModel model, int size)
    {
        if (!model.ByteFallback || Enumerable.Range(0, 256).FirstOrDefault(value => !Has(value), -1) >= 0)
        {
            throw GgufVocabulary.Unknown("characters outside the vocabulary where not every byte has a token (byte_fallback)");
        }

        var scores = new float[size];
        Array.Fill(scores, Unmerged);
        HashSet<string> made = new(StringComparer.Ordinal);
        var before = string.Empty;
        foreach (var (left, right) in model.Merges)
        {
            var token = left + right;
            if (token != before && !made.Add(token))
            {
                throw GgufVocabulary.Unknown($"merges that make '{token}' with others between them");
            }

            before = token;
            scores[model.Vocabulary[token]] = -made.Count;
        }

        // Where scores decide, two neighbours are merged whenever what they make is a token.
        if (PieceMerges.Of(model.Vocabulary.Keys, model.Vocabulary).Except(model.Merges).FirstOrDefault() is { Left: { } first } missing)
        {
            throw GgufVocabulary.Unknown($"a token '{first + missing.Right}' that '{first}' and '{missing.Right}' do not make");
        }

        return scores;

        bool Has(int value) => model.Vocabulary.ContainsKey($"<0x{value:X2}>");
    }

    /// <summary>Whether a text gets a space in front.</summary>
    /// <exception cref="CheckpointException">Text is changed in another way than by writing its spaces.</exception>
    public static bool HasSpacePrefix(TokenizerDefinition definition)
    {
        var prefixed = definition.PreTokenizer.Prefix != PrefixRule.Never;
        var written = definition.PreTokenizer.Space == Space;
        foreach (var step in definition.Normalizer)
        {
            switch (step)
            {
                case { Kind: NormalizerKind.Prepend, Content: Space }:
                    prefixed = true;
                    break;
                case { Kind: NormalizerKind.Replace, Pattern: " ", Content: Space }:
                    written = true;
                    break;
                default:
                    throw GgufVocabulary.Unknown($"a normalizer of the kind {step.Kind} ('{step.Pattern}' to '{step.Content}')");
            }
        }

        return written ? prefixed : throw GgufVocabulary.Unknown($"spaces that are not written as '{Space}'");
    }
}
