using CsCheck;
using SEAS.Tests.Support;
using SEAS.Training.Text.Tokenizers;

namespace SEAS.Tests.Text.Tokenizers;

/// <summary>Real vocabularies beside Hugging Face's own library in Rust (the package Tokenizers.DotNet), on texts that nobody chose.</summary>
public sealed class RustTokenizerTests
{
    // Letters of many alphabets, spaces of several kinds, and what the vocabularies call special, in one text. Half a surrogate pair is
    // no text that could be handed over; what this project does with it has a test of its own. Rare letters of newer versions of Unicode are
    // left out: the two libraries have tables of different years, so one sees a letter where the other sees none.
    private static readonly Gen<string> s_texts = Gen.OneOf(
        Gen.Char[' ', '~'].Select(letter => letter.ToString()),
        Gen.OneOf(Gen.Int[1, 0x24FF], Gen.Int[0x3040, 0x9FFF], Gen.Int[0xAC00, 0xD7A3], Gen.Int[0x1F300, 0x1F64F]).Select(char.ConvertFromUtf32),
        Gen.OneOf("  ", "\n", "\r\n", "\t", " the", "'s", "\u00A0", "\u3000", "e\u0301", "▁", "Ġ", "<s>", "<0x0A>", "12345"))
        .Array[0, 40].Select(string.Concat);

    [SkippableTheory]
    [InlineData("gpt2")]
    [InlineData("llama2")]
    [InlineData("tinyllama")]
    public void Ids_are_those_of_the_rust_library(string vocabulary)
    {
        var folder = SharedData.Require($"data/tokenizers/{vocabulary}");
        Skip.IfNot(OperatingSystem.IsLinux(), "The package's native part is referenced for Linux alone.");
        var oracle = new global::Tokenizers.DotNet.Tokenizer(vocabPath: Path.Combine(folder, "tokenizer.json"));
        var ours = Tokenizer.Load(folder);

        // The package cuts off the last ids of a text that takes more tokens than letters (50 of 57 were seen); what it hands back is compared.
        s_texts.Sample(
            text =>
            {
                var expected = oracle.Encode(text).Select(id => (int)id).ToArray();
                var found = ours.Encode(text, addSpecial: vocabulary != "gpt2", parseSpecial: true);
                Assert.Equal(expected, expected.Length < found.Length ? found[..expected.Length] : found);
                Assert.InRange(expected.Length, found.Length / 2, found.Length);
            },
            iter: 2000,
            threads: 1);
    }
}
