using System.Text.Json;
using SEAS.Tests.Support;
using SEAS.Training.Text.Tokenizers.Learning;

namespace SEAS.Tests.Text.Tokenizers;

public sealed class BpeTrainerTests
{
    private const string Reference = "data/tokenizers/bpe-training/";

    [SkippableFact]
    public void Training_gives_the_reference_merges_and_vocabulary()
    {
        var corpus = File.ReadAllText(SharedData.Require(Reference + "corpus.en"));
        var expectedMerges = File.ReadAllLines(SharedData.Require(Reference + "train-bpe-reference-merges.txt"));
        var expectedIds = JsonSerializer.Deserialize<Dictionary<string, int>>(
            File.ReadAllText(SharedData.Require(Reference + "train-bpe-reference-vocab.json")));

        using var folder = new TemporaryFolder();
        BpeTrainer.Train([corpus], 500, ["<|endoftext|>"]).Save(folder.Path);

        using var saved = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.Path, "tokenizer.json")));
        var model = saved.RootElement.GetProperty("model");
        Assert.Equal(243, expectedMerges.Length);
        Assert.Equal(expectedMerges, model.GetProperty("merges").EnumerateArray().Select(merge => merge.GetString()!));
        Assert.Equal(expectedIds, model.GetProperty("vocab").Deserialize<Dictionary<string, int>>());
    }

    [Fact]
    public void The_most_frequent_pair_comes_first_and_the_greater_of_equals()
    {
        // Pieces: "ab" twice and " cd" twice. The pairs (a,b), (space,c) and (c,d) occur twice each; c,d is the greatest.
        var tokenizer = BpeTrainer.Train(["ab cd", "ab cd"], 256 + 3, []);

        Assert.Equal([256], tokenizer.Encode("cd"));
        Assert.Equal([257], tokenizer.Encode("ab"));
        Assert.Equal([258], tokenizer.Encode(" cd"));
    }

    [Fact]
    public void A_corpus_too_small_for_the_vocabulary_gives_a_smaller_one() =>
        Assert.Equal(257, BpeTrainer.Train(["ab"], 1_000, []).VocabularySize);

    [Fact]
    public void Special_tokens_come_first_and_separate_texts()
    {
        var tokenizer = BpeTrainer.Train(["abab<|end|>abab"], 400, ["<s>", "<|end|>"]);

        Assert.Equal(0, tokenizer.BosId);
        Assert.Equal(1, tokenizer.EosId);
        Assert.True(tokenizer.AddsBos);
        Assert.Equal(2 + 256 + 2, tokenizer.VocabularySize);   // ab and abab; nothing across <|end|>
        Assert.Equal(0, tokenizer.Encode("ab", addSpecial: true)[0]);
    }

    [Fact]
    public void A_vocabulary_that_cannot_hold_all_bytes_is_refused() => Assert.Contains(
        "257 or more", Assert.Throws<ArgumentException>(() => BpeTrainer.Train([], 256, ["<|end|>"])).Message, StringComparison.Ordinal);

    [Fact]
    public void Doubled_special_tokens_are_refused() =>
        Assert.Throws<ArgumentException>(() => BpeTrainer.Train([], 300, ["<|end|>", "<|end|>"]));
}
