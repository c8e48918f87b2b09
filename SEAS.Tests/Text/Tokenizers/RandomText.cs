using System.Text;
using SEAS.Training.Engine.Randomness;

namespace SEAS.Tests.Text.Tokenizers;

/// <summary>Text of every kind that Unicode has, from a seed.</summary>
internal static class RandomText
{
    private static readonly string[] Awkward =
    [
        " ", "  ", "\n", "\r\n", "\t", "'s", "'ll", "'", "\u00A0", "\u0085", "\u3000", "▁", "Ġ", "<0x0A>", "<s>", "<|end|>", "\u200D", "\0",
    ];

    public static string Create(int seed)
    {
        var random = new RandomStream((ulong)seed, "tests/random-text");
        var text = new StringBuilder();
        for (var length = random.Next(40); length > 0; length--)
        {
            text.Append(random.Next(4) switch
            {
                0 => random.Pick(Awkward),
                1 => ((char)(32 + random.Next(95))).ToString(),
                2 => Symbol(random, 0x3000),
                _ => Symbol(random, 0x110000),
            });
        }

        return text.ToString();
    }

    private static string Symbol(RandomStream random, int below)
    {
        var value = random.Next(below);
        return Rune.IsValid(value) ? new Rune(value).ToString() : "é";
    }
}
