using System.Text;
using System.Text.Json;
using SEAS.Tests.Support;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Text.Normalization;

namespace SEAS.Tests.Text.Tokenizers;

public sealed class CompositionTests
{
    [Theory]
    [InlineData("e\u0301", "é")]
    [InlineData("A\u030A", "Å")]
    [InlineData("\u212B", "Å")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    [InlineData("\u1112\u1161\u11AB", "한")]
    [InlineData("\u0958", "\u0915\u093C")]
    [InlineData("plain", "plain")]
    public void Letters_and_marks_become_one(string text, string composed) => Assert.Equal(composed, Composition.Of(text));

    [SkippableFact]
    public async Task Every_character_and_many_strings_are_as_node_has_them()
    {
        NodeScript.Require("@huggingface/tokenizers");
        var random = new RandomStream(1, "tests/composition");
        List<string> texts = [];
        for (var first = 0; first < 0x30000; first += 64)
        {
            // With a letter behind each, so that neighbours do not meet.
            texts.Add(string.Concat(Enumerable.Range(first, 64).Where(Rune.IsValid).Select(code => $"{new Rune(code)}x")));
        }

        int[] marks = [0x300, 0x301, 0x308, 0x323, 0x327, 0x328, 0x331, 0x345, 0x93C, 0x1161, 0x11A8, 0x3099];
        int[] bases = ['a', 'e', 'O', 's', 0x3B1, 0x415, 0x915, 0x1100, 0xAC00, 0xC5, 0x1EA4, 0x304B, 0x2126, 0x1F71];
        for (var i = 0; i < 3000; i++)
        {
            texts.Add(string.Concat(Enumerable.Range(0, 1 + random.Next(6)).Select(_ =>
                new Rune(random.Next(3) == 0 ? random.Pick(bases) : random.Pick(marks)).ToString())));
        }

        var expected = JsonSerializer.Deserialize<string[]>(
            await NodeScript.RunAsync("Text/Tokenizers/compose-texts.mjs", JsonSerializer.Serialize(texts)))!;

        foreach (var (text, composed) in texts.Zip(expected))
        {
            Assert.Equal((text, composed), (text, Composition.Of(text)));
        }
    }
}
