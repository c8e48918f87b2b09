using SEAS.Data.Contracts;
using SEAS.Training.Endpoints;

namespace SEAS.Training.Guards;

/// <summary>Reads what a guard behind an endpoint answered.</summary>
internal static class VerdictText
{
    /// <summary>Score and categories; null if the answer begins with neither verdict.</summary>
    public static GuardReading? Read(EndpointAnswer answer, GuardFormat format)
    {
        if (answer.Outcome != AnswerOutcome.Answered)
        {
            return null;
        }

        var word = answer.Text.TrimStart([' ', '\r', '\n', '\t', '"', '\'', '*', '`', '#']);
        bool? saysUnsafe = word.StartsWith(GuardPrompt.Unsafe, StringComparison.OrdinalIgnoreCase) ? true
            : word.StartsWith(GuardPrompt.Safe, StringComparison.OrdinalIgnoreCase) ? false
            : null;
        var categories = saysUnsafe == true ? format.CategoriesIn(word[GuardPrompt.Unsafe.Length..]) : null;
        return Probability(answer.Places) is { } score ? new GuardReading(score, categories)
            : saysUnsafe is { } said ? new GuardReading(said ? 1 : 0, categories, ByWord: true)
            : null;
    }

    // Some models write a line's end first: the verdict is the first place with letters.
    private static double? Probability(IReadOnlyList<IReadOnlyList<TokenChance>> places)
    {
        var first = places.FirstOrDefault(place => place.Count > 0 && place.MaxBy(item => item.LogProbability)!.Token.Any(char.IsLetter));
        if (first is null)
        {
            return null;
        }

        var (isUnsafe, isSafe) = (Mass(first, GuardPrompt.Unsafe), Mass(first, GuardPrompt.Safe));
        return isUnsafe + isSafe > 0 ? isUnsafe / (isUnsafe + isSafe) : null;
    }

    // A tokenizer may cut a verdict in two, and writes it with a space before it or without: all that begin it count for it.
    private static double Mass(IReadOnlyList<TokenChance> place, string verdict) => place
        .Where(item => item.Token.Trim() is { Length: > 0 } token && verdict.StartsWith(token, StringComparison.OrdinalIgnoreCase))
        .Sum(item => Math.Exp(Math.Min(0, item.LogProbability)));
}
