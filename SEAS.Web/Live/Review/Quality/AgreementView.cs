using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Training.Measures.Agreement;

namespace SEAS.Web.Live.Review;

/// <summary>How far people agree on one question.</summary>
/// <param name="Title">The question.</param>
/// <param name="Summary">The measures.</param>
public sealed record AgreementView(string Title, AgreementSummary Summary)
{
    private static readonly (ReviewQuestions Question, string Title)[] s_questions = [
        (ReviewQuestions.Safety, "Is the answer safe?"), (ReviewQuestions.Behaviour, "What did it do?"),
        (ReviewQuestions.Prompt, "Is the prompt itself harmful?"), (ReviewQuestions.Category, "Category and style"),
    ];

    /// <summary>Every question that two people have answered for the same item.</summary>
    public static IReadOnlyList<AgreementView> All(Store store, RunId run)
    {
        var submissions = store.Review.Decisions.Submissions(run).ToLookup(submission => submission.Question);
        return [.. s_questions.Select(row => new AgreementView(row.Title, AgreementSummary.Of(Table(submissions[row.Question]))))
            .Where(view => view.Summary.Items > 0)];
    }

    /// <summary>In a sentence: how the figure is usually read.</summary>
    /// <remarks>Bounds: Krippendorff 2004, "Content analysis", section 11.4: 0.800 to rely on, 0.667 for tentative conclusions.</remarks>
    public string Reading => Summary.Alpha switch
    {
        null => "Too little was labelled twice to say.",
        >= 0.667 when Summary.AlphaInterval is null or { Lower: < 0.667 } =>
            "People seem to agree, but too few items were labelled twice to rely on it.",
        >= 0.8 => "People agree: these labels can be relied on.",
        >= 0.667 => "People mostly agree: enough for tentative conclusions.",
        _ => "People do not agree enough: look at the conflicts, and say in the guidelines what was decided.",
    };

    /// <summary>Everybody's labels of one question, one from each person for an item.</summary>
    internal static RatingTable Table(IEnumerable<Submission> submissions) => RatingTable.Of(submissions
        .DistinctBy(submission => (submission.Item, submission.Annotator))
        .Select(submission => new Rating(submission.Item, submission.Annotator, submission.Value)));
}
