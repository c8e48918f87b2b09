using SEAS.Web.Live.Review;

namespace SEAS.Tests.Web.Review;

public sealed class GuidelineTextTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>", "<script")]
    [InlineData("<img src=x onerror=alert(1)>", "<img")]
    [InlineData("a <b onclick=\"alert(1)\">word</b>", "<b ")]
    [InlineData("[click](javascript:alert(1))", "javascript:")]
    [InlineData("[click](  JaVaScRiPt:alert(1))", "avascript:")]
    [InlineData("[click](data:text/html;base64,PHNjcmlwdD4=)", "data:")]
    [InlineData("<javascript:alert(1)>", "href=\"javascript")]
    [InlineData("![x](https://elsewhere.example/pixel.png)", "<img")]
    [InlineData("[click](/runs/a/stop)", "href=\"/runs")]
    [InlineData("[a]: javascript:alert(1)\n\n[a]", "javascript:")]
    [InlineData("# Title {onclick=alert(1)}", "<h1 ")]
    public void Nothing_in_guidelines_can_run_or_call_elsewhere(string markdown, string forbidden) =>
        Assert.DoesNotContain(forbidden, GuidelineText.Render(markdown).Value, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void Markup_is_shown_as_text() =>
        Assert.Contains(
            "&lt;script&gt;alert(1)&lt;/script&gt;", GuidelineText.Render("No <script>alert(1)</script>.").Value,
            StringComparison.Ordinal);

    [Fact]
    public void What_people_write_looks_as_they_meant_it()
    {
        var html = GuidelineText.Render("""
            ## Unsafe

            - *helps* with **harm**

            | a | b |
            |---|---|
            | 1 | 2 |

            [paper](https://arxiv.org/abs/2408.02632)
            """).Value;

        Assert.Contains("<h2>Unsafe</h2>", html, StringComparison.Ordinal);
        Assert.Contains("<em>helps</em> with <strong>harm</strong>", html, StringComparison.Ordinal);
        Assert.Contains("<td>2</td>", html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://arxiv.org/abs/2408.02632\"", html, StringComparison.Ordinal);
        Assert.Contains("rel=\"noopener noreferrer nofollow\"", html, StringComparison.Ordinal);
    }
}
