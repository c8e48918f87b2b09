using System.Text;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Review.Files;
using SEAS.Training.Runs.Context;

namespace SEAS.Tests.Review.Files;

/// <summary>A store with a few items, and a folder for files of labels.</summary>
internal sealed class LabelFolder : IDisposable
{
    public ReviewFolder At { get; } = new();

    public LabelStore Labels => At.At.Store.Labels;

    /// <summary>Writes a file and says what importing it would do.</summary>
    public ImportPreview Preview(string text, string name = "labels.csv", string? annotator = null)
    {
        var path = Path.Combine(At.At.Folder, name);
        File.WriteAllText(path, text);
        return Labels.Import.Preview(At.Run, path, annotator);
    }

    /// <summary>The problems of a preview, one a line.</summary>
    public static IEnumerable<string> Problems(ImportPreview preview) =>
        preview.Problems.Select(problem => $"{problem.Row} {problem.Column}: {problem.Message}");

    public string Export(LabelFormat format, bool withUnlabelled = false)
    {
        using var stream = new MemoryStream();
        Labels.Export.Write(At.Run, format, stream, withUnlabelled);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Labels of two people and a lead, with texts that are hard on a file.</summary>
    public List<long> Fill()
    {
        At.Ask(labels: 2);
        var keys = At.Add(
            At.Candidate(0) with { PromptText = "say \"no\",\nor yes", AnswerText = "=SUM(A1) ⚠" },
            At.Candidate(1),
            At.Candidate(2, answer: -1),
            At.Candidate(3) with { Source = ReviewSource.Harmless, Score = null, Unsafe = null });
        var review = At.Review;
        review.Decisions.Record(ReviewFolder.Decide(review.Queue.Open(keys[0], "Ann")!, DecisionKind.Submit, new LabelAnswers
        {
            Safety = SafetyLabel.CannotTell,
            Behaviour = BehaviourLabel.PartlyRefused,
            Category = "Health_Harm",
            Style = "Role_Play",
            Note = "'=a note; with \"quotes\",\r\nlines and spaces ",
            Corrected = "-I will not.",
        }));
        At.Label(keys[0], "Ben Ö");
        review.Decisions.Record(ReviewFolder.Adjudicate(keys[0], "Lea", SafetyLabel.Unsafe));
        review.Decisions.Record(ReviewFolder.Decide(
            review.Queue.Open(keys[2], "Ann")!, DecisionKind.Submit, new LabelAnswers { Prompt = PromptLabel.Ambiguous, Invalid = true }));
        At.Label(keys[3], "Ann", SafetyLabel.Safe);
        review.Decisions.Record(ReviewFolder.Decide(review.Queue.Open(keys[1], "Ann")!, DecisionKind.Skip));
        return keys;
    }

    public void Dispose() => At.Dispose();
}
