using CsCheck;
using SEAS.Tests.Support;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Text.Tokenizers;

namespace SEAS.Tests.Text.Tokenizers;

public sealed class StreamingDecoderTests
{
    [Fact]
    public void A_character_of_several_tokens_appears_whole()
    {
        var ids = SmallVocabulary.WithMarks.Encode("a😀b");
        var stream = SmallVocabulary.WithMarks.Stream();

        var parts = ids.Select(stream.Push).ToList();

        Assert.Equal(6, ids.Length);
        Assert.Equal(["a", "", "", "", "😀", "b"], parts);
        Assert.Equal(string.Empty, stream.Flush());
    }

    [Fact]
    public void Half_a_character_at_the_end_becomes_a_replacement_character()
    {
        var stream = SmallVocabulary.WithMarks.Stream();

        Assert.Equal(string.Empty, stream.Push(SmallVocabulary.WithMarks.Encode("😀")[0]));
        Assert.Equal("\uFFFD", stream.Flush());
    }

    [Fact]
    public void Random_ids_streamed_read_as_decoded_at_once() => AssertSame(SmallVocabulary.WithMarks);

    [SkippableTheory]
    [InlineData("gpt2")]
    [InlineData("llama2")]
    public void Random_ids_of_a_real_vocabulary_streamed_read_as_decoded_at_once(string name) =>
        AssertSame(Tokenizer.Load(SharedData.Require("data/tokenizers/" + name)));

    [SkippableFact]
    public void The_space_that_SentencePiece_puts_in_front_is_not_shown()
    {
        var tokenizer = Tokenizer.Load(SharedData.Require("data/tokenizers/llama2"));
        var stream = tokenizer.Stream();

        Assert.Equal("Hello", stream.Push(tokenizer.Encode("Hello").Single()));
        Assert.Equal(" Hello", stream.Push(tokenizer.Encode("Hello").Single()));
    }

    private static void AssertSame(Tokenizer tokenizer) =>
        Gen.Int[0, Math.Min(400, tokenizer.VocabularySize) - 1].Array[0, 30].Sample(ids =>
        {
            var stream = tokenizer.Stream();
            var parts = ids.Select(stream.Push).ToList();

            Assert.All(parts, part => Assert.False(part.Length > 0 && (char.IsHighSurrogate(part[^1]) || char.IsLowSurrogate(part[0]))));
            Assert.Equal(tokenizer.Decode(ids), string.Concat(parts) + stream.Flush());
        });
}
