using SEAS.Training.Measures.Agreement;

namespace SEAS.Tests.Measures.Agreement;

/// <summary>Every expected value is the exact fraction of the printed figure beside it.</summary>
public sealed class PublishedAgreementTests
{
    private const double Close = 1e-9;

    [Theory]
    // Cohen 1960, table 1 (printed .492): p_o = 140/200, p_e = (120·100 + 60·60 + 20·40)/40000 = 41/100; κ = (70 − 41)/(100 − 41)
    [InlineData("88 14 18/10 40 10/2 6 12", 29, 59)]
    // Wikipedia, "Cohen's kappa" (printed 0.4): p_o = 35/50, p_e = (25·30 + 25·20)/2500 = 1/2; κ = 0.2/0.5
    [InlineData("20 5/10 15", 2, 5)]
    // the same page, two tables of equal p_o = 60/100 (printed 0.1304): p_e = (60·70 + 40·30)/10000 = 0.54; κ = 6/46
    [InlineData("45 15/25 15", 3, 23)]
    // (printed 0.2593): p_e = (60·30 + 40·70)/10000 = 0.46; κ = 14/54
    [InlineData("25 35/5 35", 7, 27)]
    // Gwet's irrCAC, cont3x3abstractors (printed 0.7964094): p_o = 89/100, p_e = (13·13 + 27·24 + 60·63)/10000 = 0.4597
    [InlineData("13 0 0/0 20 7/0 4 56", 4303, 5403)]
    // SAS, as statsmodels tests it (printed 0.4842): p_o = 13/19, p_e = (5·0 + 8·13 + 6·6)/361; κ = (247 − 140)/(361 − 140)
    [InlineData("0 4 1/0 8 0/0 1 5", 107, 221)]
    public void Cohens_kappa_equals_printed_tables(string counts, int numerator, int denominator)
    {
        var table = Published.FromCounts([.. counts.Split('/').Select(row => row.Split(' ').Select(int.Parse).ToArray())]);

        Assert.Equal((double)numerator / denominator, CohenKappa.Of(table)!.Value, Close);
    }

    [Fact]
    public void Cohens_kappa_equals_the_printed_value_for_two_raters_who_agree_less_than_by_chance()
    {
        // R's irr, kappa2(anxiety[, 2:3]): printed −0.006289308. p_o = 4/20, p_e = 82/400; κ = (80 − 82)/(400 − 82)
        Assert.Equal(-1.0 / 159, CohenKappa.Of(Published.Anxiety)!.Value, Close);
    }

    [Fact]
    public void Cohens_kappa_of_two_of_six_raters_equals_the_printed_value()
    {
        // R's irr, kappa2(diagnoses[, 1:2]): printed 0.651. p_o = 22/30, p_e = 212/900; κ = (660 − 212)/(900 − 212) = 448/688
        Assert.Equal(28.0 / 43, CohenKappa.Of(Published.Diagnoses, 0, 1)!.Value, Close);
    }

    [Fact]
    public void Fleiss_kappa_equals_his_own_table()
    {
        // printed .430 (irr: 0.4302445). Σ n_ij² = 680: P̄ = (680 − 180)/(30·6·5) = 5/9; column sums 26 26 30 55 43 of 180:
        // P̄_e = 7126/32400 = 3563/16200; κ = (9000 − 3563)/(16200 − 3563)
        Assert.Equal(5437.0 / 12637, FleissKappa.Of(Published.Diagnoses)!.Value, Close);
        Assert.Equal(5.0 / 9, RawAgreement.Of(Published.Diagnoses)!.Value, Close);
    }

    [Fact]
    public void Fleiss_kappa_equals_the_example_of_ten_subjects_and_fourteen_raters()
    {
        // printed 0.210. Σ n_ij² = 828: P̄ = (828 − 140)/(10·14·13) = 172/455; column sums 20 28 39 21 32 of 140:
        // P̄_e = 4170/19600 = 417/1960; over 25480: κ = (9632 − 5421)/(25480 − 5421)
        Assert.Equal(4211.0 / 20059, FleissKappa.Of(Published.Subjects)!.Value, Close);
    }

    [Fact]
    public void Fleiss_kappa_with_gaps_equals_gwets_table()
    {
        // irrCAC, cac.raw4raters: percent agreement 0.8181818, Fleiss 0.7611693. Items agree 1, 3/6, 1, 1, 1, 0, 1, 3/6, 1, 1, 1 and the
        // twelfth has one label: P̄ = 9/11. Mean shares of the labels over twelve items 12, 13, 14, 5, 4 of 48:
        // P̄_e = (144 + 169 + 196 + 25 + 16)/2304 = 550/2304; κ = (9·2304 − 11·550)/(11·2304 − 11·550) = 14686/19294
        Assert.Equal(9.0 / 11, RawAgreement.Of(Published.FourObservers)!.Value, Close);
        Assert.Equal(7343.0 / 9647, FleissKappa.Of(Published.FourObservers)!.Value, Close);
    }

    [Fact]
    public void Alpha_equals_krippendorffs_three_nominal_examples()
    {
        // A, printed .095: n = 20, n_c = 14, 6, Σ o_cc = 12: (19·12 − 212)/(20·19 − 212) = 16/168
        Assert.Equal(2.0 / 21, KrippendorffAlpha.Nominal(Published.TwoValues)!.Value, Close);

        // B, printed .692: n = 24, n_c = 4, 6, 6, 6, 2, Σ o_cc = 18: (23·18 − 104)/(24·23 − 104) = 310/448
        Assert.Equal(155.0 / 224, KrippendorffAlpha.Nominal(Published.FiveValues)!.Value, Close);

        // C, printed .743: n = 40, n_c = 9, 13, 10, 5, 3, Σ o_cc = 7 + 10 + 8 + 4 + 3 = 32: (39·32 − 344)/(40·39 − 344) = 904/1216
        Assert.Equal(113.0 / 152, KrippendorffAlpha.Nominal(Published.FourObservers)!.Value, Close);
    }

    [Fact]
    public void Alpha_equals_the_example_of_three_coders()
    {
        // printed 0.691: n = 26, n_c = 7, 4, 10, 5, Σ o_cc = 6 + 4 + 7 + 3 = 20: (25·20 − 164)/(26·25 − 164) = 336/486
        Assert.Equal(56.0 / 81, KrippendorffAlpha.Nominal(Published.ThreeCoders)!.Value, Close);
    }
}
