using System.Globalization;
using SEAS.Data.Contracts;

namespace SEAS.Data.Attacks;

/// <summary>Where one text of a pair came from.</summary>
/// <param name="Round">The round of its attack.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Prompt">The prompt within the seed.</param>
/// <param name="Answer">The answer within the prompt; null for R's pairs, whose texts are prompts.</param>
/// <param name="IsCorrected">A person wrote it in place of the answer.</param>
public sealed record PairSource(int Round, int Seed, int Prompt, int? Answer, bool IsCorrected)
{
    private const string Between = " over ";
    private const string Corrected = " corrected";

    /// <summary>The chosen and the rejected text of a pair.</summary>
    /// <exception cref="FormatException">The pair's source is not of the form that pair selection writes.</exception>
    public static (PairSource Chosen, PairSource Rejected) Of(PreferencePair pair) =>
        pair.Source.Split(Between) is [var chosen, var rejected]
        ? (Read(chosen, pair), Read(rejected, pair))
        : throw Unreadable(pair);

    /// <summary>The source of a pair of these two, as pair selection writes it.</summary>
    public static string Write(PairSource chosen, PairSource rejected) => $"{chosen.Text}{Between}{rejected.Text}";

    private string Text => FormattableString.Invariant($"{Round}.{Seed}.{Prompt}")
        + (Answer is { } answer ? FormattableString.Invariant($".{answer}") : "") + (IsCorrected ? Corrected : "");

    private static PairSource Read(string text, PreferencePair pair)
    {
        var isCorrected = text.EndsWith(Corrected, StringComparison.Ordinal);
        var parts = (isCorrected ? text[..^Corrected.Length] : text).Split('.');
        var numbers = parts.Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Unreadable(pair)).ToList();
        return numbers.Count is 3 or 4
            ? new PairSource(numbers[0], numbers[1], numbers[2], numbers.Count == 4 ? numbers[3] : null, isCorrected)
            : throw Unreadable(pair);
    }

    private static FormatException Unreadable(PreferencePair pair) => new(
        $"The source of pair {pair.Index} of round {pair.Round} is '{pair.Source}'; expected round.seed.prompt[.answer] over the same. "
        + "Another version of the program wrote it; its effects cannot be shown.");
}
