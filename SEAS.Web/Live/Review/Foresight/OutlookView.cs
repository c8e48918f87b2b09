namespace SEAS.Web.Live.Review;

/// <summary>What either label of an item would do to pairs, in plain words; nothing where it would change nothing.</summary>
/// <param name="IfSafe">What "safe" would do, a sentence each.</param>
/// <param name="IfUnsafe">What "unsafe" would do, a sentence each.</param>
public sealed record OutlookView(IReadOnlyList<string> IfSafe, IReadOnlyList<string> IfUnsafe)
{
    /// <summary>Nothing would change, or nobody can know.</summary>
    public static OutlookView Nothing { get; } = new([], []);
}
