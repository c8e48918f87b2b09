using SEAS.Data.Contracts;

namespace SEAS.Web.Components.Shared;

/// <summary>One line of a chart.</summary>
/// <param name="Metric">TRL's leaf name.</param>
/// <param name="Colour">A colour token of the style sheet.</param>
/// <param name="Dashed">Told apart without colour.</param>
public sealed record CurveLine(string Metric, string Colour, bool Dashed)
{
    /// <summary>What DPO rewards: β times how much likelier a text became.</summary>
    public static IReadOnlyList<CurveLine> Rewards { get; } =
        [new("rewards/chosen", "--good", Dashed: false), new("rewards/rejected", "--bad", Dashed: true)];

    /// <summary>The loss, in the model's own colour.</summary>
    /// <remarks>With preference pairs its two parts: the sum is mostly the weight of the general rows, and says little.</remarks>
    public static IReadOnlyList<CurveLine> Loss(ModelRole role, bool ofPairs)
    {
        var colour = role == ModelRole.Red ? "--red" : "--target";
        return ofPairs
            ? [new("dpo_loss", colour, Dashed: false), new("general/nll_loss", colour, Dashed: true)]
            : [new("loss", colour, Dashed: false)];
    }
}
