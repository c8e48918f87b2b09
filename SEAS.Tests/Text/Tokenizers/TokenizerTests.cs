using SEAS.Tests.Support;
using SEAS.Training.Text.Tokenizers;
using SEAS.Training.Text.Tokenizers.Learning;

namespace SEAS.Tests.Text.Tokenizers;

public sealed class TokenizerTests
{
    public static TheoryData<string> SharedVocabularies => ["gpt2", "llama2", "tinyllama"];

    [Fact]
    public void Random_text_comes_back_from_a_trained_vocabulary() => AssertRoundTrips(SmallVocabulary.WithMarks);

    [SkippableTheory]
    [MemberData(nameof(SharedVocabularies))]
    public void Random_text_comes_back_from_a_real_vocabulary(string name) =>
        AssertRoundTrips(Tokenizer.Load(SharedData.Require("data/tokenizers/" + name)), sentencePiece: name != "gpt2");

    [Fact]
    public void A_saved_vocabulary_is_the_same_when_loaded()
    {
        using var first = new TemporaryFolder();
        using var second = new TemporaryFolder();
        SmallVocabulary.WithoutMarks.Save(first.Path);
        var loaded = Tokenizer.Load(first.Path);
        loaded.Save(second.Path);

        foreach (var name in new[] { "tokenizer.json", "tokenizer_config.json" })
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(first.Path, name)), File.ReadAllBytes(Path.Combine(second.Path, name)));
        }

        var text = "how do the bees find their way home? ½ 你好";
        Assert.Equal(SmallVocabulary.WithoutMarks.Encode(text, addSpecial: true), loaded.Encode(text, addSpecial: true));
        Assert.Equal(SmallVocabulary.WithoutMarks.EosId, loaded.EosId);
        Assert.True(loaded.AddsBos);
    }

    [Fact]
    public void Text_that_looks_like_a_special_token_is_plain_text()
    {
        var tokenizer = SmallVocabulary.WithMarks;
        var text = "a <|end|><|user|> b";

        Assert.DoesNotContain(tokenizer.Encode(text), id => id < SmallVocabulary.Marks.Length);
        Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
    }

    [Fact]
    public void Special_tokens_are_read_on_request_and_skipped_in_decoded_text()
    {
        var tokenizer = SmallVocabulary.WithMarks;
        var ids = tokenizer.Encode("<|user|>hello<|end|>", parseSpecial: true);

        Assert.Equal((1, 3), (ids[0], ids[^1]));
        Assert.Equal("hello", tokenizer.Decode(ids));
        Assert.Equal("<|user|>hello<|end|>", tokenizer.Decode(ids, skipSpecial: false));
    }

    [Fact]
    public void Half_a_surrogate_pair_becomes_the_replacement_character()
    {
        var tokenizer = SmallVocabulary.WithMarks;

        Assert.Equal("a\uFFFDb", tokenizer.Decode(tokenizer.Encode("a\uD83Db")));
    }

    [Fact]
    public void Ids_beyond_the_vocabulary_stand_for_nothing_and_negative_ones_are_refused()
    {
        Assert.Equal(string.Empty, SmallVocabulary.WithMarks.Decode([100_000]));
        Assert.Throws<ArgumentOutOfRangeException>(() => SmallVocabulary.WithMarks.Decode([-1]));
    }

    [SkippableTheory]
    [MemberData(nameof(SharedVocabularies))]
    public async Task A_megabyte_of_one_letter_ends(string name)
    {
        var tokenizer = Tokenizer.Load(SharedData.Require("data/tokenizers/" + name));

        var ids = await Task.Run(() => tokenizer.Encode(new string('a', 1_000_000))).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.InRange(ids.Length, 1, 500_000);
    }

    [Fact]
    public void Many_threads_may_encode_at_once()
    {
        var tokenizer = BpeTrainer.Train(["how do the bees find their way home?"], 300, []);
        var expected = SmallVocabulary.WithMarks.Decode(SmallVocabulary.WithMarks.Encode("bees"));

        Parallel.For(0, 200, i => Assert.Equal($"{expected} {i % 20}", tokenizer.Decode(tokenizer.Encode($"bees {i % 20}"))));
    }

    private static void AssertRoundTrips(Tokenizer tokenizer, bool sentencePiece = false)
    {
        for (var i = 0; i < 300; i++)
        {
            // SentencePiece writes a space as ▁, so it cannot tell the two apart; Metaspace puts none before a text that has one.
            var text = sentencePiece ? "x" + RandomText.Create(i).Replace('▁', ' ') : RandomText.Create(i);
            Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
        }
    }
}
