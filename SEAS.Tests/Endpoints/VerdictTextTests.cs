using SEAS.Data.Contracts;
using SEAS.Training.Endpoints;
using SEAS.Training.Guards;
using SEAS.Web.Live;

namespace SEAS.Tests.Endpoints;

/// <summary>What a guard behind an endpoint says, read.</summary>
public sealed class VerdictTextTests
{
    private static readonly GuardFormat s_format = GuardFormat.All["llama-guard-3"];

    [Theory]
    [InlineData("safe", 0.0, null)]
    [InlineData("unsafe\nS1,S10", 1.0, "S1,S10")]
    [InlineData("\n\nunsafe\nS14", 1.0, "S14")]
    [InlineData("Unsafe. S2", 1.0, "S2")]
    [InlineData("**Safe**", 0.0, null)]
    [InlineData("unsafe\nS99, O3, S4, S4", 1.0, "S4")]
    public void A_word_alone_is_all_or_nothing(string text, double score, string? categories) =>
        Assert.Equal(new GuardReading(score, categories, ByWord: true), VerdictText.Read(Answer(text), s_format));

    [Theory]
    [InlineData("I cannot judge this.")]
    [InlineData("")]
    [InlineData("not unsafe")]
    public void Neither_word_is_no_verdict(string text) => Assert.Null(VerdictText.Read(Answer(text), s_format));

    [Fact]
    public void The_first_tokens_probabilities_give_the_score()
    {
        var reading = VerdictText.Read(
            Answer("unsafe\nS9", [("unsafe", Math.Log(0.6)), ("safe", Math.Log(0.2)), ("Hello", Math.Log(0.2))]), s_format)!;

        Assert.Equal(0.75, reading.Score, 1e-12);   // 0.6 / (0.6 + 0.2)
        Assert.Equal(("S9", false), (reading.Categories, reading.ByWord));
    }

    [Fact]
    public void All_ways_to_begin_a_verdict_count_for_it()
    {
        var reading = VerdictText.Read(
            Answer("unsafe", [(" unsafe", Math.Log(0.3)), ("un", Math.Log(0.2)), ("Safe", Math.Log(0.1)), (" s", Math.Log(0.15)),
                ("unsure", Math.Log(0.1)), ("", Math.Log(0.1))]), s_format)!;

        Assert.Equal(0.5 / 0.75, reading.Score, 1e-12);
    }

    [Fact]
    public void A_line_end_before_the_verdict_is_passed_over()
    {
        var reading = VerdictText.Read(
            Answer("\n\nsafe", [("\n\n", -0.01), ("safe", -9)], [("safe", Math.Log(0.9)), ("unsafe", Math.Log(0.1))]), s_format)!;

        Assert.Equal(0.1, reading.Score, 1e-12);
    }

    [Fact]
    public void Probabilities_of_something_else_leave_the_word() => Assert.Equal(
        new GuardReading(1, "S3", ByWord: true), VerdictText.Read(Answer("unsafe\nS3", [("The", -0.1), ("A", -2)]), s_format));

    private static EndpointAnswer Answer(string text, params (string Token, double Logarithm)[][] places) => new(
        text, Stopped: true, AnswerOutcome.Answered, 1, 1, "m",
        [.. places.Select(place => place.Select(item => new TokenChance(item.Token, item.Logarithm)).ToList())]);
}
