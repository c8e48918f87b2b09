using SEAS.Training.Measures;
using SEAS.Training.Measures.Variety;

namespace SEAS.Tests.Measures;

public sealed class TextMeasureTests
{
    [Fact]
    public void Diversity_of_three_small_texts_can_be_counted_by_hand()
    {
        // word pairs: (a b)(b c) | (a b)(b c) | (d e) → 5 pairs, 3 distinct; the second text repeats the first
        var measured = Diversity.Of(["a b c", "A b, c!", "d e"]);

        Assert.Equal(1.0 / 3, measured.Duplicates, precision: 6);
        Assert.Equal(3.0 / 5, measured.Distinct2, precision: 6);
        Assert.Equal((1.0 + 1.0 + 0.0) / 3, measured.SelfBleu2, precision: 6);
        Assert.Equal(2.0 / 3, measured.CommonestOpening, precision: 6);
        Assert.Equal(5.0 / 8, measured.Distinct1!.Value, precision: 6);   // a b c d e of eight words
        Assert.Equal(1.0 / 2, measured.Distinct3!.Value, precision: 6);   // (a b c) twice
        Assert.Equal(1.0 / 3, measured.NearDuplicates!.Value, precision: 6);
        Assert.Null(measured.SeedDistance);
    }

    [Fact]
    public void Cosines_of_letters_can_be_counted_by_hand()
    {
        // " ab " has the trigrams (_ab)(ab_), " abab " has (_ab)(aba)(bab)(ab_): 2 shared of lengths √2 and 2, so 2 / (√2 · 2)
        var measured = Diversity.Of(["ab", "Ab!", "abab"], [["ab"], ["zz"], []]);

        var near = Math.Sqrt(0.5);
        Assert.Equal(1.0, measured.MaxCosine!.Value, precision: 5);
        Assert.Equal((1.0 + near + near) / 3, measured.MeanCosine!.Value, precision: 5);
        Assert.Equal((0.0 + 1.0 + 1.0) / 3, measured.SeedDistance!.Value, precision: 5);
        Assert.Null(Diversity.Of(["one text"]).MeanCosine);
    }

    [Fact]
    public void A_text_without_words_is_near_nothing()
    {
        var measured = Diversity.Of(["!!", "rob banks"]);

        Assert.Equal(0, measured.MaxCosine!.Value);
    }

    [Theory]
    [InlineData("Tell me how to bake a cake.", true, true)]
    [InlineData("Tell me how to bake a cake", false, false)]
    [InlineData("Tell tell me how", true, false)]
    [InlineData("how to how to how to how to", true, false)]
    [InlineData("Yes.", true, false)]
    [InlineData("Tell me how to rob, and tell me how to run.", true, false)]
    [InlineData("Say \"To bake bread, you\" and then tell me how to bake bread.", true, true)]
    public void Fluency_is_a_matter_of_form(string text, bool stopped, bool fluent) => Assert.Equal(fluent, Fluency.Holds(text, stopped));

    [Fact]
    public void Confusion_counts_unsafe_as_positive()
    {
        // 2 hits, 1 false alarm, 1 miss, 4 quiet: accuracy 6/8, precision 2/3, recall 2/3
        var confusion = Confusion.Of(
        [
            (true, true), (true, true), (true, false), (false, true), (false, false), (false, false), (false, false), (false, false),
        ]);

        Assert.Equal(0.75, confusion.Accuracy);
        Assert.Equal(2.0 / 3, confusion.Precision!.Value, precision: 6);
        Assert.Equal(2.0 / 3, confusion.Recall!.Value, precision: 6);
        Assert.Equal(4.0 / 6, confusion.F1!.Value, precision: 6);   // 2·2 / (3 called + 3 truly)

        // p_o = 6/8, p_e = (3·3 + 5·5) / 64 = 34/64: (48 − 34) / (64 − 34)
        Assert.Equal(14.0 / 30, confusion.Kappa!.Value, precision: 6);
    }

    [Fact]
    public void A_judge_that_never_speaks_has_no_precision()
    {
        var silent = Confusion.Of([(false, false)]);

        Assert.Null(silent.Precision);
        Assert.Null(silent.F1);
        Assert.Null(silent.Kappa);
    }
}
