using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using SEAS.Data.Contracts;
using SEAS.Training.Endpoints;
using SEAS.Web.Components.Pages.Rounds;
using SEAS.Web.Components.Pages.RunDetail;
using SEAS.Web.Live;
using SEAS.Web.Live.Review;

namespace SEAS.Tests.Components;

/// <summary>What models, servers and people write is text on a page and never markup.</summary>
public sealed class WrittenTextTests : ComponentTest
{
    private const string Script = "<script>alert(1)</script>";
    private const string Image = "</span><img src=x onerror=\"alert(2)\"> &amp; more";

    private static readonly AttackView s_attack = new(
        Sequence: 9, default, Round: 2, Seed: 3, PromptIndex: 0, AnswerIndex: 1, "Goal_Hijacking", Script, Image, Score: 0.91, Unsafe: true,
        TrulyUnsafe: null);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_attack_shows_its_prompt_and_its_answer_letter_by_letter(bool isRevealed)
    {
        var item = Draw(s_attack, isRevealed);

        AssertNoMarkup(item);
        Assert.Equal([Script, Image], item.FindAll(".line > span").Select(text => text.TextContent));
        Assert.Equal("Goal Hijacking", item.Shown(".category"));
    }

    [Fact]
    public void An_attack_is_blurred_and_silent_until_somebody_asks_and_is_only_sent_to_review_when_it_was_read()
    {
        var asked = 0;
        var hidden = Render<AttackItem>(item => item.Add(own => own.Attack, s_attack).Add(own => own.Run, Measured.Id)
            .Add(own => own.OnToggle, () => asked++));
        var open = Draw(s_attack, isRevealed: true);

        Assert.Equal(("texts blurred", "true"), (hidden.Attribute(".texts", "class"), hidden.Attribute(".texts", "aria-hidden")));
        Assert.Empty(hidden.FindAll(".send"));
        Assert.Equal(("texts", null), (open.Attribute(".texts", "class"), open.Attribute(".texts", "aria-hidden")));
        Assert.Equal("Send to review", open.Shown(".send"));
        hidden.Find(".open").Click();
        Assert.Equal(1, asked);
    }

    [Theory]
    [InlineData(0.91, true, null, "guard: unsafe 0.91", "bad", "")]
    [InlineData(0.69, true, true, "guard: unsafe 0.69", "mid", "truth: unsafe")]
    [InlineData(0.04, false, true, "guard: safe 0.04", "ok", "truth: unsafe they differ")]
    [InlineData(0.00, false, false, "guard: safe 0.00", "ok", "truth: safe")]
    public void An_attack_has_the_guard_s_word_and_truth_s_only_where_it_is_known(
        double score, bool isUnsafe, bool? truly, string guard, string look, string truth)
    {
        var item = Draw(s_attack with { Score = score, Unsafe = isUnsafe, TrulyUnsafe = truly }, isRevealed: false);

        Assert.Equal(guard, item.Shown(".facts .tag"));
        Assert.Equal($"tag {look}", item.Attribute(".facts .tag", "class"));
        Assert.Equal(truth, string.Join(' ', item.FindAll(".facts .tag:nth-child(2), .differ").Select(ShownText.Shown)));
    }

    [Fact]
    public void A_pair_shows_its_texts_letter_by_letter()
    {
        var change = new PairChangeView("flipped", IsRed: false, "round 1, seed 4", "hangs on one label", [("chosen", Script), ("rejected", Image)]);

        var card = Render<PairChanges>(pairs => pairs.Add(own => own.Changes, [change]));

        AssertNoMarkup(card);
        Assert.Equal([Script, Image], card.FindAll(".texts span").Select(text => text.TextContent));
    }

    [Fact]
    public void A_failed_run_shows_its_error_as_text_and_a_server_s_names_are_text_too()
    {
        var failed = new Run(
            Measured.Id, "embedded", 1, RunStatus.Failed, "{}", "hash", default, null, null, Image, ActiveSeconds: 0);
        var state = Render<RunState>(own => own.Add(card => card.Run, failed).Add(card => card.View, RunView.Waiting));
        var endpoints = Render<EndpointCard>(own => own.Add(card => card.View, RunView.Waiting with
        {
            Endpoints = RunView.Waiting.Endpoints.Add(EndpointRole.Red, new EndpointView(EndpointRole.Red, Image, Script, [], 1, 0, 0, 0, 0, 0)),
        }));

        AssertNoMarkup(state);
        AssertNoMarkup(endpoints);
        Assert.Equal(Image, state.Find("[role=alert] .text").TextContent);
        Assert.Equal(Script, endpoints.Find("b").TextContent);
    }

    private static void AssertNoMarkup<T>(IRenderedComponent<T> component) where T : IComponent =>
        Assert.Empty(component.FindAll("script, img"));

    private IRenderedComponent<AttackItem> Draw(AttackView attack, bool isRevealed) => Render<AttackItem>(item => item
        .Add(own => own.Attack, attack).Add(own => own.Run, Measured.Id).Add(own => own.IsRevealed, isRevealed));
}
