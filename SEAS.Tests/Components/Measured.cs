using System.Collections.Immutable;
using SEAS.Data.Contracts;
using SEAS.Training.Measures;
using SEAS.Web.Live;

namespace SEAS.Tests.Components;

/// <summary>Figures that a reader can check by hand. Wilson's 95 % intervals, in percent, of the counts that tests use:</summary>
/// <remarks>0 of 60: 0.0 to 6.0. 12 of 60: 11.8 to 31.8. 15 of 60: 15.8 to 37.2. 30 of 60: 37.7 to 62.3.</remarks>
internal static class Measured
{
    public static RunId Id { get; } = new("embedded-1");

    /// <summary>So many of so many, with its interval.</summary>
    public static ShareView Share(int successes, int n = 60)
    {
        var share = Proportion.Of(successes, n);
        return new ShareView(share.Rate, share.Lower, share.Upper, share.N);
    }

    /// <summary>One target's figures, each a count out of 60; what a test does not name stays as it was at T0.</summary>
    public static EvaluationView Target(
        int iteration, int heldOut = 30, int? truth = null, int refused = 3, int useful = 57, IReadOnlyList<CellView>? cells = null) => new(
            iteration,
            new StaticView(iteration, Share(heldOut), truth is { } known ? Share(known) : null),
            new HarmlessView(iteration, Share(refused), Helped: null),
            new UsefulnessView(iteration, Share(useful)),
            Diversity: null,
            cells);

    /// <summary>One attacker against one target, out of 60.</summary>
    public static CellView Cell(int red, int target, int successes, int? truth = null) =>
        new(red, target, Share(successes), truth is { } known ? Share(known) : null);

    /// <summary>A run that measured these targets.</summary>
    public static RunView View(params EvaluationView[] evaluations) => RunView.Waiting with
    {
        Evaluations = evaluations.ToImmutableSortedDictionary(evaluation => evaluation.Iteration, evaluation => evaluation),
    };
}
