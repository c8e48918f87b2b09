using System.Globalization;
using SEAS.Training.Engine.Models;

namespace SEAS.Training.Engine.Recipes;

/// <summary>Says everything that is wrong with examples before any of them is trained on.</summary>
internal static class ExampleProblems
{
    // A training set may hold a hundred thousand rows, all wrong in the same way.
    private const int Shown = 5;

    /// <summary>Problems of the settings against the model they are to train.</summary>
    public static IEnumerable<string> Of(TrainingSettings settings, LlamaConfig model)
    {
        if (settings.MaxLength > model.MaxPositions)
        {
            yield return $"MaxLength is {settings.MaxLength} tokens, but the model reads at most {model.MaxPositions}: lower it, or use 0.";
        }
    }

    /// <summary>Weights that are other models' too may not change.</summary>
    public static IEnumerable<string> OfWeights(TrainingSettings settings, LlamaModel model)
    {
        if (settings.Lora is null && model.Shares)
        {
            yield return "The model shares its weights with others: it learns by adapters alone (Lora), or is opened without SharedBase.";
        }
    }

    /// <summary>Problems of a reference against the policy that is held to it.</summary>
    public static IEnumerable<string> OfReference(LlamaConfig policy, LlamaConfig reference)
    {
        if (policy.VocabularySize != reference.VocabularySize)
        {
            yield return $"The reference knows {reference.VocabularySize} tokens and the policy {policy.VocabularySize}: " +
                "they need the same tokenizer; as a rule the reference is a copy of the policy.";
        }

        if (reference.MaxPositions < policy.MaxPositions)
        {
            yield return $"The reference reads at most {reference.MaxPositions} tokens and the policy {policy.MaxPositions}: " +
                "take a reference that reads as much as the policy.";
        }
    }

    /// <summary>A training needs something to learn.</summary>
    public static IEnumerable<string> NoneOf(int count, string what)
    {
        if (count == 0)
        {
            yield return $"There are no {what}: give at least one.";
        }
    }

    /// <summary>Problems of rows that are learned by heart.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<SftExample> rows, string what, int vocabulary) =>
        Summary(rows, what, row => ProblemOf(row, vocabulary));

    /// <summary>Problems of pairs.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<PreferenceExample> pairs, int vocabulary) =>
        Summary(pairs, "Pair", pair => ProblemOf(pair, vocabulary));

    private static IEnumerable<string> Summary<T>(IReadOnlyList<T> items, string what, Func<T, string?> problemOf)
    {
        var found = items
            .Select((item, index) => (Index: index, Problem: problemOf(item)))
            .Where(item => item.Problem is not null)
            .ToList();
        foreach (var (index, problem) in found.Take(Shown))
        {
            yield return $"{what} {(index + 1).ToString(CultureInfo.InvariantCulture)}: {problem}";
        }

        if (found.Count > Shown)
        {
            yield return $"… and {found.Count - Shown} more like these, of {items.Count}.";
        }
    }

    private static string? ProblemOf(SftExample row, int vocabulary)
    {
        if (row.Answer.Length < (row.Prompt.Length == 0 ? 2 : 1))
        {
            return "there is no answer token to learn; give it an answer (without a prompt: at least two tokens).";
        }

        return row.Weight is > 0 and < double.PositiveInfinity
            ? StrangeToken([row.Prompt, row.Answer], vocabulary)
            : string.Create(
                CultureInfo.InvariantCulture, $"its weight should be above 0 but is {row.Weight}; leave out what should not count.");
    }

    private static string? ProblemOf(PreferenceExample pair, int vocabulary) => pair switch
    {
        { Prompt.Length: 0 } => "its prompt is empty; both answers need at least one token before them.",
        { Chosen.Length: 0 } or { Rejected.Length: 0 } => "an answer is empty; end-of-turn at least should be there.",
        _ => StrangeToken([pair.Prompt, pair.Chosen, pair.Rejected], vocabulary),
    };

    private static string? StrangeToken(int[][] parts, int vocabulary)
    {
        foreach (var part in parts)
        {
            var place = part.AsSpan().IndexOfAnyExceptInRange(0, vocabulary - 1);
            if (place >= 0)
            {
                return $"token id {part[place]} is not in the model's vocabulary of {vocabulary}; was it tokenized for another model?";
            }
        }

        return null;
    }
}
