using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;

namespace SEAS.Web.Live.Review;

/// <summary>How far the review of a run is, for one person.</summary>
/// <param name="Left">Items that wait for this person.</param>
/// <param name="Total">Items of the run.</param>
/// <param name="Conflicts">Items on which people do not agree.</param>
/// <param name="Seconds">Seconds that this person takes for a label, in the middle; null before the first.</param>
/// <param name="Others">Who else has items in hand.</param>
/// <param name="Paces">Everybody's labels so far, the most first.</param>
public sealed record ReviewProgress(
    long Left, long Total, long Conflicts, double? Seconds, IReadOnlyList<string> Others, IReadOnlyList<AnnotatorPace> Paces)
{
    /// <summary>Nothing is known yet.</summary>
    public static ReviewProgress Unknown { get; } = new(0, 0, 0, null, [], []);

    /// <summary>Items that have all the labels they need.</summary>
    public double Share => Total == 0 ? 0 : 1 - ((double)Left / Total);

    /// <summary>One line under the title: <c>26 left · about 3 min · two others are labelling</c>.</summary>
    public string Line
    {
        get
        {
            string?[] parts = [
                Left == 0 ? "nothing left for you" : FormattableString.Invariant($"{Left:N0} left"),
                Left > 0 && Seconds is { } each ? $"about {Units.Duration(Left * each / (1 + Others.Count))}" : null,
                Others.Count switch
                {
                    0 => null,
                    1 => $"{Others[0]} is labelling, too",
                    2 => $"{Others[0]} and {Others[1]} are labelling, too",
                    _ => FormattableString.Invariant($"{Others.Count} others are labelling"),
                },
            ];
            return string.Join(" · ", parts.OfType<string>());
        }
    }

    /// <summary>Reads it.</summary>
    public static ReviewProgress Of(Store store, RunId run, string annotator)
    {
        var states = store.Review.Items.CountsByState(run);
        var paces = store.Review.Decisions.Pace(run);
        return new ReviewProgress(
            store.Review.Queue.Left(run, annotator),
            states.Sum(state => state.Items),
            states.Where(state => state.State == ReviewState.Conflict).Sum(state => state.Items),
            paces.FirstOrDefault(pace => pace.Annotator == annotator)?.MedianSeconds,
            [.. store.Review.Queue.Holders(run).Select(holder => holder.Annotator).Where(name => name != annotator).Order()],
            [.. paces.OrderByDescending(pace => pace.Labels)]);
    }
}
