using System.Globalization;
using SEAS.Data.Contracts.Review;

namespace SEAS.Data.Review.Files;

/// <summary>What the columns of a file hold for one label, or for an item without any.</summary>
internal static class LabelCells
{
    /// <summary>A text, number, truth value or nothing (null) by column, in the order of <see cref="LabelColumns.All"/>.</summary>
    public static IEnumerable<(string Column, object? Value)> Of(ReviewItem item, Decision? label) =>
    [
        .. Place(item),
        (LabelColumns.Prompt, item.PromptText),
        (LabelColumns.Answer, item.AnswerText),
        (LabelColumns.GuardLabel, GuardLabel(item)),
        (LabelColumns.Score, item.Score),
        .. label is null ? LabelColumns.Questions.Select(column => (column, (object?)null)) : Answers(label.Answers),
        (LabelColumns.Annotator, label?.Annotator),
        (LabelColumns.Decision, LabelNames.Written(label?.Kind)),
        (LabelColumns.At, label?.AtUtc.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
        (LabelColumns.Seconds, label?.Seconds),
        (LabelColumns.State, item.State.ToString().ToLowerInvariant()),
    ];

    /// <summary>Where the item is.</summary>
    public static IEnumerable<(string Column, object? Value)> Place(ReviewItem item) =>
    [
        (LabelColumns.Run, item.Run.Value),
        (LabelColumns.Round, item.Round),
        (LabelColumns.Source, LabelNames.Written<ReviewSource>(item.Source)),
        (LabelColumns.Seed, item.SeedIndex),
        (LabelColumns.PromptIndex, item.PromptIndex),
        (LabelColumns.AnswerIndex, item.AnswerIndex),
        (LabelColumns.ContentHash, item.ContentHash),
    ];

    /// <summary>What a person said, in the order of <see cref="LabelColumns.Questions"/>.</summary>
    public static IEnumerable<(string Column, object? Value)> Answers(LabelAnswers answers) =>
    [
        (LabelColumns.Safety, LabelNames.Written(answers.Safety)),
        (LabelColumns.Behaviour, LabelNames.Written(answers.Behaviour)),
        (LabelColumns.PromptLabel, LabelNames.Written(answers.Prompt)),
        (LabelColumns.Category, answers.Category),
        (LabelColumns.Style, answers.Style),
        (LabelColumns.Note, answers.Note),
        (LabelColumns.Corrected, answers.Corrected),
        (LabelColumns.Invalid, answers.Invalid),
    ];

    /// <summary>Those of them that say something, as texts.</summary>
    public static IEnumerable<(string Question, string Answer)> Given(LabelAnswers answers) =>
        Answers(answers)
            .Where(answer => answer.Value is not (null or false or ""))
            .Select(answer => (answer.Column, answer.Value is true ? "true" : (string)answer.Value!));

    public static string? GuardLabel(ReviewItem item) => item.Unsafe switch
    {
        true => "unsafe",
        false => "safe",
        null => null,
    };
}
