namespace SEAS.Training.Measures.Agreement;

/// <summary>All that is said about one question's agreement.</summary>
/// <param name="Items">Items with at least two labels.</param>
/// <param name="Raters">People who labelled anything.</param>
/// <param name="Raw">Share of equal pairs of labels.</param>
/// <param name="Cohen">Cohen's κ, where there are exactly two raters.</param>
/// <param name="Fleiss">Fleiss' κ.</param>
/// <param name="Alpha">Krippendorff's α, nominal.</param>
/// <param name="AlphaInterval">Where α lies with 95 % confidence.</param>
/// <param name="Pairs">Every pair of people.</param>
public sealed record AgreementSummary(
    int Items, int Raters, double? Raw, double? Cohen, double? Fleiss, double? Alpha, AgreementInterval? AlphaInterval,
    IReadOnlyList<PairwiseAgreement> Pairs)
{
    /// <summary>Measures a table; what cannot be told is null.</summary>
    public static AgreementSummary Of(RatingTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new AgreementSummary(
            table.SharedItems,
            table.Raters.Count,
            RawAgreement.Of(table),
            CohenKappa.Of(table),
            FleissKappa.Of(table),
            KrippendorffAlpha.Nominal(table),
            AgreementInterval.Of(table.Shared(), KrippendorffAlpha.Nominal),
            PairwiseAgreement.Of(table));
    }
}
