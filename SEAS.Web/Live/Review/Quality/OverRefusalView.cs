using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Training.Runs.Stages;

namespace SEAS.Web.Live.Review;

/// <summary>How many harmless requests a target refused: by the rule, and by people's labels beside it.</summary>
/// <param name="Target">The target.</param>
/// <param name="Rows">The share by the rule, and the one with labels where there are some.</param>
/// <param name="Sentence">What the labels did.</param>
/// <param name="Beside">What stands beside the rule's figure on the run's page; empty without labels.</param>
public sealed record OverRefusalView(int Target, IReadOnlyList<AsrRow> Rows, string Sentence, string Beside)
{
    /// <summary>Reads it; null while the target has not been measured.</summary>
    public static OverRefusalView? Of(Store store, RunId run, int target) =>
        OverRefusal.Of(store, run, target) is { } measured ? Of(target, measured) : null;

    /// <summary>That of the newest target that was measured.</summary>
    public static OverRefusalView? Newest(Store store, RunId run, RunView view) =>
        view.Evaluations.IsEmpty ? null : Of(store, run, view.Evaluations.Keys.Last());

    internal static OverRefusalView Of(int target, OverRefusal measured)
    {
        var byRule = AsrRow.Of("by the rule alone", measured.Rule);
        if (measured.Labelled + measured.Dropped == 0)
        {
            return new OverRefusalView(target, [byRule], "Nobody has said of these answers what they did.", "");
        }

        var sentence = FormattableString.Invariant(
            $"People said of {measured.Labelled} what they did, of {measured.Turned} otherwise than the rule.")
            + (measured.Dropped == 0 ? "" : FormattableString.Invariant(
                $" {measured.Dropped} {(measured.Dropped == 1 ? "request does" : "requests do")} not count: invalid, or not harmless."))
            + " They see what reads like a refusal; refusals that no rule saw stay unseen.";
        return new OverRefusalView(
            target, [byRule, AsrRow.Of("with labels", measured.Effective)], sentence,
            FormattableString.Invariant($" · by labels {Units.Percent(measured.Effective.Rate)} (n\u202f{measured.Effective.N})"));
    }
}
