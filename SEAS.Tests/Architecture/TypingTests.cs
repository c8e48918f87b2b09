using System.Text.RegularExpressions;

namespace SEAS.Tests.Architecture;

/// <summary>A field that reports each letter is never filled from the server with what it reported a moment ago.</summary>
public sealed partial class TypingTests
{
    // `bind` tells the renderer what the browser already holds; `value` beside `oninput` sends it back, over what was typed since.
    private static readonly Rule<SourceFile> s_fields = new(
        "A field that listens to each letter uses bind, or is filled once as its content",
        file => Field().Matches(file.Text)
            .Where(match => match.Value.Contains("@oninput", StringComparison.Ordinal) && Filled().IsMatch(match.Value))
            .Select(match => $"{file.Path}:{file.Text.AsSpan(0, match.Index).Count('\n') + 1}"));

    [Fact]
    public void No_field_is_overwritten_while_somebody_types() => s_fields.AssertHolds(SourceTree.Files(".razor"), atLeast: 50);

    [Theory]
    [InlineData("<input id=\"a\" value=\"@_typed\"\n    @oninput=\"typed => Take(typed)\" />")]
    [InlineData("<textarea @oninput=\"Take\" rows=\"2\" value=\"@Text\"></textarea>")]
    public void An_overwritten_field_is_noticed(string markup) =>
        Assert.Throws<RuleBroken>(() => s_fields.AssertHolds([new SourceFile("SEAS.Web/Planted.razor", markup)], atLeast: 1));

    [Theory]
    [InlineData("<input @bind=\"_typed\" @bind:event=\"oninput\" />")]
    [InlineData("<textarea @oninput=\"Take\">@_filled</textarea> <option value=\"@name\">")]
    public void A_field_that_keeps_what_is_typed_is_not(string markup) =>
        s_fields.AssertHolds([new SourceFile("SEAS.Web/Planted.razor", markup)], atLeast: 1);

    [GeneratedRegex("""<(input|textarea)\b([^"<>]|"[^"]*")*>""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Field();

    [GeneratedRegex("""\svalue="@""", RegexOptions.None, 1000)]
    private static partial Regex Filled();
}
