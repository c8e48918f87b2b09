using SEAS.Data;
using SEAS.Data.Attacks;
using SEAS.Data.Contracts;
using SEAS.Training.Review;

namespace SEAS.Web.Live.Review;

/// <summary>A pair that is not what it would have been.</summary>
/// <param name="Kind"><c>added</c>, <c>removed</c>, <c>flipped</c> or <c>replaced</c>.</param>
/// <param name="IsRed">R's pair; else T's.</param>
/// <param name="Place">Where it came from.</param>
/// <param name="Hangs">On how many labels it hangs.</param>
/// <param name="Lines">Its texts, each with what it is.</param>
public sealed record PairChangeView(
    string Kind, bool IsRed, string Place, string Hangs, IReadOnlyList<(string Words, string Text)> Lines)
{
    internal static PairChangeView Of(PairChange change)
    {
        var pair = change.With ?? change.Without!;
        return new PairChangeView(
            change.Kind.ToString().ToLowerInvariant(),
            pair.Role == ModelRole.Red,
            PlaceOf(pair),
            change.Items.Count switch
            {
                0 => "gave way to, or was let in by, other pairs",
                1 => "hangs on one label",
                var many => $"hangs on {many} labels",
            },
            [.. LinesOf(change, pair)]);
    }

    internal static string PlaceOf(PreferencePair pair)
    {
        var from = PairSource.Of(pair).Chosen;
        return pair.Role == ModelRole.Red
            ? FormattableString.Invariant($"round {from.Round}, seed {from.Seed}")
            : FormattableString.Invariant($"round {from.Round}, seed {from.Seed}, prompt {from.Prompt + 1}");
    }

    private static IEnumerable<(string, string)> LinesOf(PairChange change, PreferencePair pair)
    {
        if (pair.Role == ModelRole.Target)
        {
            yield return ("prompt", pair.Prompt);
        }

        if (change.Kind == PairChangeKind.Replaced)
        {
            yield return ("instead of", change.Without!.Chosen);
        }

        yield return ("chosen", pair.Chosen);
        yield return ("rejected", pair.Rejected);
    }
}

/// <summary>An item whose labels hold pairs.</summary>
/// <param name="Place">Which item.</param>
/// <param name="Who">Who labelled it.</param>
/// <param name="Count">How many pairs.</param>
/// <param name="Pairs">Which.</param>
public sealed record HeldView(string Place, string Who, int Count, string Pairs)
{
    internal static IReadOnlyList<HeldView> All(Store store, LabelEffects effects)
    {
        var people = effects.Labels.ToDictionary(label => label.Item, label => string.Join(", ", label.Annotators));
        return [.. effects.Holds.SelectMany(hold => hold.Items.Select(item => (Item: item, hold.Pair)))
            .GroupBy(row => row.Item)
            .OrderByDescending(own => own.Count()).ThenBy(own => own.Key)
            .Select(own => new HeldView(
                PlaceOf(store, own.Key), people.GetValueOrDefault(own.Key) ?? "", own.Count(),
                string.Join("; ", own.Select(row => Named(row.Pair)))))];
    }

    private static string Named(PreferencePair pair) => $"{(pair.Role == ModelRole.Red ? "R" : "T")}: {PairChangeView.PlaceOf(pair)}";

    private static string PlaceOf(Store store, long key) => store.Review.Items.Find(key) is { } item
        ? FormattableString.Invariant($"round {item.Round}, seed {item.SeedIndex}, prompt {item.PromptIndex + 1}")
            + (item.AnswerIndex >= 0 ? FormattableString.Invariant($", answer {item.AnswerIndex + 1}") : "")
        : FormattableString.Invariant($"item {key}");
}
