using SEAS.Tests.Support;
using SEAS.Training.Text.Tokenizers;

namespace SEAS.Tests.Text.Tokenizers;

/// <summary>What a folder may ask for, and what it is told when it asks for something else.</summary>
public sealed class TokenizerFileTests
{
    private const string Model = """
        "model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2, "▁": 3, "▁a": 4}, "merges": ["a b", "▁ a"]}
        """;

    [Fact]
    public void A_missing_folder_is_named() => Assert.Contains(
        "no such folder",
        Assert.Throws<FileNotFoundException>(() => Tokenizer.Load("/nowhere/at/all")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_folder_without_the_file_is_named()
    {
        using var folder = new TemporaryFolder();

        var error = Assert.Throws<FileNotFoundException>(() => Tokenizer.Load(folder.Path));

        Assert.Contains("tokenizer.json", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"model": """, "damaged")]
    [InlineData("[]", "Array, not an object")]
    [InlineData("{}", "'model'")]
    [InlineData("""{"model": {"type": "Unigram", "vocab": []}}""", "Unigram")]
    [InlineData("""{"model": {"type": "BPE", "vocab": {"a": -1}, "merges": []}}""", "model.vocab.a")]
    [InlineData("""{"model": {"type": "BPE", "vocab": {"a": 0}, "merges": ["a"]}}""", "merges[0]")]
    [InlineData("""{"model": {"type": "BPE", "vocab": {"a": 0}, "merges": ["a a"]}}""", "'aa' is missing")]
    [InlineData($$"""{"pre_tokenizer": {"type": "Whitespace"}, {{Model}}}""", "Whitespace")]
    [InlineData($$"""{"pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "Split"}, {"type": "Digits"}]}, {{Model}}}""",
        "Split + Digits")]
    [InlineData($$"""{"normalizer": {"type": "NFKC"}, {{Model}}}""", "NFKC")]
    [InlineData($$"""{"decoder": {"type": "WordPiece"}, {{Model}}}""", "WordPiece")]
    [InlineData($$"""{"post_processor": {"type": "RobertaProcessing"}, {{Model}}}""", "RobertaProcessing")]
    public void What_cannot_be_used_is_named(string json, string named)
    {
        using var folder = new TemporaryFolder();
        folder.Write("tokenizer.json", json);

        var error = Assert.Throws<InvalidDataException>(() => Tokenizer.Load(folder.Path));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains(folder.Path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_opening_token_outside_the_vocabulary_is_named()
    {
        using var folder = new TemporaryFolder();
        folder.Write("tokenizer.json", $"{{{Model}}}");
        folder.Write("tokenizer_config.json", """{"bos_token": {"content": "<s>"}}""");

        Assert.Contains("'<s>'", Assert.Throws<InvalidDataException>(() => Tokenizer.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Metaspace_puts_a_space_in_front_of_the_first_text_only()
    {
        using var folder = new TemporaryFolder();
        folder.Write("tokenizer.json", $$"""
            {
              "added_tokens": [{"id": 5, "content": "<x>", "special": true}],
              "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first", "split": false}, {{Model}}
            }
            """);
        var tokenizer = Tokenizer.Load(folder.Path);

        Assert.Equal([4, 5, 2], tokenizer.Encode("a<x>ab", parseSpecial: true));
        Assert.Equal(6, tokenizer.VocabularySize);
    }

    [Fact]
    public void Added_tokens_swallow_space_and_stand_alone_as_declared()
    {
        using var folder = new TemporaryFolder();
        folder.Write("tokenizer.json", $$"""
            {
              "added_tokens": [
                {"id": 5, "content": "ba", "special": false, "single_word": true},
                {"id": 6, "content": "<x>", "special": true, "lstrip": true, "rstrip": true}], {{Model}}
            }
            """);
        var tokenizer = Tokenizer.Load(folder.Path);

        Assert.Equal([5], tokenizer.Encode("ba"));
        Assert.Equal([1, 0, 0], tokenizer.Encode("baa"));
        Assert.Equal([0, 6, 1], tokenizer.Encode("a  <x> b", parseSpecial: true));
    }
}
