namespace SEAS.Web.Live.Review;

/// <summary>Something that the page tells the person who labels.</summary>
/// <param name="Kind"><c>hint</c>: what to do next. <c>lost</c>: a lease is gone. <c>failed</c>: it was not stored.</param>
/// <param name="Text">What and why, and what to do.</param>
public sealed record ReviewNotice(string Kind, string Text)
{
    internal static ReviewNotice Hint(string text) => new("hint", text);

    internal static ReviewNotice Lost { get; } = new("lost",
        "Your time on this item ran out and somebody else has taken it, so this label was not counted. "
        + "What you chose and typed is kept as your draft. Skip it to go on.");
}
