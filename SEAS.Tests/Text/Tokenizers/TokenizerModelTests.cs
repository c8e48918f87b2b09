using System.Text;
using SEAS.Tests.Support;
using SEAS.Training.Text.Tokenizers;
using SEAS.Training.Text.Tokenizers.Learning;

namespace SEAS.Tests.Text.Tokenizers;

/// <summary>The two kinds of files that are called <c>tokenizer.model</c>.</summary>
public sealed class TokenizerModelTests
{
    [SkippableFact]
    public void SentencePiece_gives_the_ids_of_the_same_vocabulary_as_JSON_for_text_without_extra_spaces()
    {
        var source = SharedData.Require("data/models/stories260K");
        using var folder = new TemporaryFolder();
        foreach (var name in (string[])["tokenizer.model", "tokenizer_config.json"])
        {
            File.Copy(Path.Combine(source, name), Path.Combine(folder.Path, name));
        }

        var (json, model) = (Tokenizer.Load(source), Tokenizer.Load(folder.Path));

        Assert.Equal((json.VocabularySize, json.BosId, json.EosId), (model.VocabularySize, model.BosId, model.EosId));
        string[] texts = ["Once upon a time, there was a little girl named Lily.", "", "Ünïcode 🐝\n<s>x</s>", "aaaaaaaaaaaaa"];
        foreach (var text in texts.Concat(Enumerable.Range(0, 500).Select(seed => Single(RandomText.Create(seed)))))
        {
            var ids = json.Encode(text, addSpecial: true);
            Assert.Equal((text, string.Join(' ', ids)), (text, string.Join(' ', model.Encode(text, addSpecial: true))));
            Assert.Equal(json.Decode(ids), model.Decode(ids));
        }
    }

    [SkippableFact]
    public void SentencePiece_takes_extra_spaces_away_where_the_file_says_so()
    {
        using var folder = new TemporaryFolder();
        File.Copy(SharedData.Require("data/models/stories260K/tokenizer.model"), Path.Combine(folder.Path, "tokenizer.model"));
        var tokenizer = Tokenizer.Load(folder.Path);

        Assert.Equal(tokenizer.Encode("two spaces"), tokenizer.Encode("  two   spaces "));
    }

    [SkippableFact]
    public void A_folder_with_a_model_file_only_is_saved_as_it_was()
    {
        var source = SharedData.Require("data/models/stories260K");
        using var folder = new TemporaryFolder();
        using var copy = new TemporaryFolder();
        File.Copy(Path.Combine(source, "tokenizer.model"), Path.Combine(folder.Path, "tokenizer.model"));

        var tokenizer = Tokenizer.Load(folder.Path);
        tokenizer.Save(copy.Path);

        Assert.Equal(tokenizer.Encode("Once upon"), Tokenizer.Load(copy.Path).Encode("Once upon"));
        Assert.Equal((1, 2), (tokenizer.BosId, tokenizer.EosId));
    }

    [Fact]
    public void A_file_of_ranks_gives_the_ids_of_the_same_vocabulary_as_JSON()
    {
        using var plain = new TemporaryFolder();
        using var ranked = new TemporaryFolder();
        var trained = BpeTrainer.Train(["the bees find their way home; the bees hum there, then they rest 1234 times"], 330, []);
        trained.Save(plain.Path);
        var json = Path.Combine(plain.Path, "tokenizer.json");
        var written = File.ReadAllText(json);
        File.WriteAllText(json, written.Replace("\"ignore_merges\": false", "\"ignore_merges\": true", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(ranked.Path, "tokenizer.model"), string.Concat(Enumerable.Range(0, trained.VocabularySize)
            .Select(id => $"{Convert.ToBase64String(Bytes(trained, id))} {id}\n")));

        var (expected, found) = (Tokenizer.Load(plain.Path), Tokenizer.Load(ranked.Path));

        // Cut alike by both patterns: no digits, no breaks, no quotes.
        foreach (var text in (string[])["the bees hum", " then there they find home", "thethethe beesbees", "über 你好 🐝", "x", ""])
        {
            Assert.Equal((text, string.Join(' ', expected.Encode(text))), (text, string.Join(' ', found.Encode(text))));
        }
    }

    [Fact]
    public void Ranks_of_Llama_3s_number_get_Llama_3s_special_tokens()
    {
        using var folder = new TemporaryFolder();
        var lines = new StringBuilder();
        for (var rank = 0; rank < 128_000; rank++)
        {
            byte[] bytes = rank < 256 ? [(byte)rank] : [(byte)'z', (byte)(rank >> 16), (byte)(rank >> 8), (byte)rank];
            lines.Append(Convert.ToBase64String(bytes)).Append(' ').Append(rank).Append('\n');
        }

        File.WriteAllText(Path.Combine(folder.Path, "tokenizer.model"), lines.ToString());
        var tokenizer = Tokenizer.Load(folder.Path);

        Assert.Equal((128_256, 128_000, 128_001), (tokenizer.VocabularySize, tokenizer.BosId, tokenizer.EosId));
        Assert.Equal(
            [128_006, 128_007, 128_009],
            new[] { "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>" }.Select(name => tokenizer.IdOf(name) ?? -1));
        Assert.Equal([128_000, 'h', 'i'], tokenizer.Encode("hi", addSpecial: true));
    }

    [SkippableTheory]
    [InlineData(100)]
    [InlineData(3)]
    public void A_SentencePiece_file_cut_short_is_named(int length)
    {
        var source = SharedData.Require("data/models/stories260K/tokenizer.model");
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(Path.Combine(folder.Path, "tokenizer.model"), File.ReadAllBytes(source)[..length]);

        var error = Assert.Throws<InvalidDataException>(() => Tokenizer.Load(folder.Path));

        Assert.Contains("tokenizer.model", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("YQ== 0\nYg== x\n", "line 2")]
    [InlineData("YQ== 0\nYQ== 1\n", "line 2")]
    [InlineData("YQ== 0\n§ 1\n", "line 2")]
    public void A_damaged_file_of_ranks_is_named(string file, string named)
    {
        using var folder = new TemporaryFolder();
        folder.Write("tokenizer.model", file);

        Assert.Contains(named, Assert.Throws<InvalidDataException>(() => Tokenizer.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_is_not_of_byte_pairs_is_refused()
    {
        using var folder = new TemporaryFolder();
        // One piece "a" with score 0; trained as kind 1.
        File.WriteAllBytes(Path.Combine(folder.Path, "tokenizer.model"), [0x0A, 0x03, 0x0A, 0x01, (byte)'a', 0x12, 0x02, 0x18, 0x01]);

        var error = Assert.Throws<InvalidDataException>(() => Tokenizer.Load(folder.Path));

        Assert.Contains("Unigram", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_one_letter_comes_to_an_end()
    {
        var ids = SmallVocabulary.WithoutMarks.Encode(new string('e', 1_000_000));

        Assert.Equal(1_000_000, SmallVocabulary.WithoutMarks.Decode(ids).Length);
    }

    private static string Single(string text) => string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    // A single byte need not be text of its own.
    private static byte[] Bytes(Tokenizer tokenizer, int id) =>
        Enumerable.Range(0, 256).Select(value => (byte)value).FirstOrDefault(value => tokenizer.IdOf(ByteAlphabet.Write([value])) == id)
            is var single && tokenizer.IdOf(ByteAlphabet.Write([single])) == id
                ? [single]
                : Encoding.UTF8.GetBytes(tokenizer.Decode([id]));
}
