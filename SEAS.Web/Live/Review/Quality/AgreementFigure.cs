using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Training.Measures.Agreement;

namespace SEAS.Web.Live.Review;

/// <summary>In one figure, how far people agree on whether answers are safe.</summary>
/// <param name="Text">Krippendorff's α, or a dash.</param>
/// <param name="Title">What it is made of, or why there is none.</param>
public sealed record AgreementFigure(string Text, string Title)
{
    /// <summary>Nothing was read yet.</summary>
    public static AgreementFigure Unread { get; } = new("–", "Not read yet.");

    /// <summary>Reads it.</summary>
    public static AgreementFigure Of(Store store, RunId run)
    {
        ArgumentNullException.ThrowIfNull(store);
        var table = AgreementView.Table(
            store.Review.Decisions.Submissions(run).Where(submission => submission.Question == ReviewQuestions.Safety));
        return (KrippendorffAlpha.Nominal(table), table.SharedItems) switch
        {
            ({ } alpha, var items) => new AgreementFigure(
                Units.Number(alpha, 2),
                $"Krippendorff's α of \"Is the answer safe?\", from {Items(items)} labelled by two or more people."),
            (null, 0) => new AgreementFigure("–", "No item has been labelled by two people yet."),
            (null, var items) => new AgreementFigure(
                "–", $"All labels of {Items(items)} labelled by two or more people are the same: that may be chance."),
        };
    }

    private static string Items(int count) => count == 1 ? "one item" : FormattableString.Invariant($"{count:N0} items");
}
