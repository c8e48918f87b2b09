using SEAS.Training.Engine.Randomness;
using SEAS.Training.Engine.Recipes;

namespace SEAS.Training.Lab.Benchmarks;

/// <summary>The random texts of each job, the same for every program of this process that does it.</summary>
internal static class BenchmarkTexts
{
    /// <summary>sft: every sequence, its first half as the prompt.</summary>
    public static IReadOnlyList<SftExample> Sft(BenchmarkSettings settings)
    {
        var text = Texts(settings);
        return [.. settings.Lengths(settings.Examples).Select(length => new SftExample(text(length / 2), text(length - (length / 2))))];
    }

    /// <summary>dpo: prompt and chosen answer are a sequence's halves; the rejected answer is as long as the next one's second
    /// half.</summary>
    public static IReadOnlyList<PreferenceExample> Dpo(BenchmarkSettings settings)
    {
        var text = Texts(settings);
        var lengths = settings.Lengths(settings.Examples + 1);
        return [.. lengths.Zip(lengths.Skip(1), (own, next) =>
            new PreferenceExample(text(own / 2), text(own - (own / 2)), text(next - (next / 2))))];
    }

    /// <summary>attack: the first halves, and how many tokens the second halves have.</summary>
    public static IReadOnlyList<(int[] Prompt, int NewTokens)> Attack(BenchmarkSettings settings)
    {
        var text = Texts(settings);
        return [.. settings.Lengths(settings.Examples).Select(length => (text(length / 2), length - (length / 2)))];
    }

    /// <summary>judge: what stands before every text, and the texts.</summary>
    public static (int[] Prefix, IReadOnlyList<int[]> Texts) Judge(BenchmarkSettings settings)
    {
        var text = Texts(settings);
        return (text(settings.Prefix), [.. settings.Lengths(settings.Examples).Select(text)]);
    }

    private static Func<int, int[]> Texts(BenchmarkSettings settings)
    {
        var ids = new RandomStream(0, $"bench/{settings.Job}/texts");
        return length => [.. Enumerable.Range(0, length).Select(_ => ids.Next(settings.Vocab))];
    }
}
