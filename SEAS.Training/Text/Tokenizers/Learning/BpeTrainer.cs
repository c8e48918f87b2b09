using SEAS.Training.Text.PreTokenizers;

namespace SEAS.Training.Text.Tokenizers.Learning;

/// <summary>Learns a byte-level byte-pair vocabulary from text.</summary>
/// <remarks>
/// Sennrich et al. 2016, arXiv:1508.07909, over bytes and GPT-2's pieces: the most frequent pair is merged first, and of equals the one
/// whose byte strings are lexicographically greater, so that the result depends on the text alone. Ids: the special tokens, the 256 bytes
/// in GPT-2's order, then the merges.
/// </remarks>
public static class BpeTrainer
{
    private static readonly string[] Openings = ["<s>", "<|bos|>", "<|begin_of_text|>"];
    private static readonly string[] Endings = ["<|endoftext|>", "</s>", "<|eos|>", "<|end_of_text|>", "<|end|>"];

    /// <summary>Trains on texts.</summary>
    /// <param name="texts">The corpus, read once. Special tokens in it separate texts and are not learned from.</param>
    /// <param name="vocabularySize">Tokens in all; at least 256 and the special ones. A small corpus may give fewer.</param>
    /// <param name="specialTokens">
    /// Special tokens, which get the ids from 0 on. <c>&lt;s&gt;</c>, <c>&lt;|bos|&gt;</c> or <c>&lt;|begin_of_text|&gt;</c> becomes the
    /// opening one and is then added in front of texts; the first present of <c>&lt;|endoftext|&gt;</c>, <c>&lt;/s&gt;</c>,
    /// <c>&lt;|eos|&gt;</c>, <c>&lt;|end_of_text|&gt;</c> and <c>&lt;|end|&gt;</c> the ending one.
    /// </param>
    /// <exception cref="ArgumentException">The vocabulary is too small, or a special token too short or there twice.</exception>
    public static Tokenizer Train(IEnumerable<string> texts, int vocabularySize, IReadOnlyList<string> specialTokens)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(specialTokens);
        Check(vocabularySize, specialTokens);

        var vocabulary = new List<byte[]>(vocabularySize);
        foreach (var value in ByteAlphabet.InVocabularyOrder)
        {
            vocabulary.Add([value]);
        }

        var merges = new PairMerging(CountPieces(texts, specialTokens), vocabulary).Run(vocabularySize - specialTokens.Count);
        return new Tokenizer(TrainedFiles.Create(
            specialTokens,
            vocabulary,
            merges,
            bos: Openings.FirstOrDefault(specialTokens.Contains),
            eos: Endings.FirstOrDefault(specialTokens.Contains)));
    }

    private static void Check(int vocabularySize, IReadOnlyList<string> specialTokens)
    {
        if (vocabularySize < 256 + specialTokens.Count)
        {
            throw new ArgumentException(
                $"Cannot train a vocabulary of {vocabularySize} tokens. Expected: at least 256 bytes and {specialTokens.Count} special " +
                $"tokens. Ask for {256 + specialTokens.Count} or more.",
                nameof(vocabularySize));
        }

        if (specialTokens.Any(token => token.Length < 2) || specialTokens.Distinct(StringComparer.Ordinal).Count() != specialTokens.Count)
        {
            throw new ArgumentException(
                $"Cannot train with the special tokens [{string.Join(", ", specialTokens)}]. " +
                "Expected: each one once, at least two characters long.",
                nameof(specialTokens));
        }
    }

    private static Dictionary<string, long> CountPieces(IEnumerable<string> texts, IReadOnlyList<string> specialTokens)
    {
        var finder = new AddedTokenFinder(specialTokens.Select((token, id) => new AddedToken(id, token, true, false, false, false)));
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        var lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var text in texts)
        {
            foreach (var stretch in finder.Split(text).Where(stretch => stretch.TokenId is null))
            {
                var rest = text.AsSpan(stretch.Start, stretch.End - stretch.Start);
                while (!rest.IsEmpty)
                {
                    var end = Gpt2PreTokenizer.EndOf(rest, 0);
                    lookup[rest[..end]] = lookup.TryGetValue(rest[..end], out var count) ? count + 1 : 1;
                    rest = rest[end..];
                }
            }
        }

        return counts;
    }
}
