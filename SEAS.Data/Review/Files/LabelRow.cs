using System.Globalization;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Datasets.Import.Staging;
using SEAS.Data.Review.Settings;

namespace SEAS.Data.Review.Files;

/// <summary>Where a row says that its item is; what it does not say is null.</summary>
internal sealed record LabelPlace(
    string? Run, int? Round, ReviewSource Source, int? Seed, int? Prompt, int? Answer, string? ContentHash, string? PromptText,
    string? AnswerText);

/// <summary>A row of a file that makes sense: whose label it is, and what they say.</summary>
internal sealed record LabelRow(
    int Row, LabelPlace Place, string Annotator, DecisionKind Kind, LabelAnswers Answers, double Seconds, string? At)
{
    /// <summary>When the label was last changed; null where the file does not say it, or not as an instant.</summary>
    public DateTimeOffset? Changed { get; init; }

    /// <summary>Whether the file keeps all that a person ever said of an item, in its order.</summary>
    public bool IsHistory { get; init; }

    /// <summary>Reads a row; null, with its problems noted, if something in it cannot be.</summary>
    /// <param name="raw">The row.</param>
    /// <param name="annotator">Whose labels these are where the row does not say; null if nobody's.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static LabelRow? Read(RawLabel raw, string? annotator, ProblemLog problems)
    {
        var before = problems.Count;
        var cells = new RowCells(raw, problems);
        var place = new LabelPlace(
            raw[LabelColumns.Run],
            cells.Number(LabelColumns.Round, 0),
            cells.Label<ReviewSource>(LabelColumns.Source) ?? ReviewSource.Attack,
            cells.Number(LabelColumns.Seed, 0),
            cells.Number(LabelColumns.PromptIndex, 0),
            cells.Number(LabelColumns.AnswerIndex, -1),
            raw[LabelColumns.ContentHash]?.Trim().ToLowerInvariant(),
            raw[LabelColumns.Prompt],
            raw[LabelColumns.Answer]);
        var row = new LabelRow(
            raw.Row,
            place,
            cells.Name(annotator),
            cells.Kind(),
            new LabelAnswers
            {
                Safety = cells.Label<SafetyLabel>(LabelColumns.Safety),
                Behaviour = cells.Label<BehaviourLabel>(LabelColumns.Behaviour),
                Prompt = cells.Label<PromptLabel>(LabelColumns.PromptLabel),
                Category = raw[LabelColumns.Category],
                Style = raw[LabelColumns.Style],
                Note = raw[LabelColumns.Note],
                Corrected = raw[LabelColumns.Corrected],
                Invalid = cells.Truth(LabelColumns.Invalid),
            },
            cells.Seconds(),
            raw[LabelColumns.At])
        {
            Changed = Instant(raw[LabelColumns.Changed] ?? raw[LabelColumns.At]),
            IsHistory = raw.IsHistory,
        };
        if (problems.Count == before && row.Answers.IsEmpty)
        {
            problems.Add(raw.Row, "", "expected an answer to at least one question, found none");
        }

        return problems.Count == before ? row : null;
    }

    private static DateTimeOffset? Instant(string? text) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;
}

/// <summary>Reads the cells of one row, and notes those that cannot be read.</summary>
internal sealed class RowCells(RawLabel raw, ProblemLog problems)
{
    public T? Label<T>(string column)
        where T : struct, Enum
    {
        if (raw[column] is not { } text)
        {
            return null;
        }

        var label = LabelNames.Read<T>(text);
        if (label is null)
        {
            Problem(column, $"one of {LabelNames.Choices<T>()}", text);
        }

        return label;
    }

    public int? Number(string column, int least)
    {
        if (raw[column] is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= least)
        {
            return number;
        }

        Problem(column, $"a whole number from {least}", text);
        return null;
    }

    public bool Truth(string column)
    {
        if (raw[column] is not { } text)
        {
            return false;
        }

        var truth = LabelNames.Truth(text);
        if (truth is null)
        {
            Problem(column, "true or false", text);
        }

        return truth ?? false;
    }

    public double Seconds()
    {
        var text = raw[LabelColumns.Seconds];
        if (text is null)
        {
            return 0;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < 1e9)
        {
            return seconds;
        }

        Problem(LabelColumns.Seconds, "seconds, 0 or more", text);
        return 0;
    }

    public string Name(string? otherwise)
    {
        var name = (raw[LabelColumns.Annotator] ?? otherwise)?.Trim();
        if (name is null || !AnnotatorRepository.IsName(name))
        {
            Problem(LabelColumns.Annotator, "the name of a person, 1 to 80 characters", name ?? "nothing");
        }

        return name ?? "";
    }

    public DecisionKind Kind()
    {
        var kind = Label<DecisionKind>(LabelColumns.Decision) ?? DecisionKind.Submit;
        if (kind is not (DecisionKind.Submit or DecisionKind.Adjudicate))
        {
            Problem(LabelColumns.Decision, "submit or adjudicate", raw[LabelColumns.Decision]!);
        }

        return kind;
    }

    private void Problem(string column, string expected, string found) =>
        problems.Add(raw.Row, column, $"expected {expected}, found '{(found.Length <= 60 ? found : found[..60] + "…")}'");
}
