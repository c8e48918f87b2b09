namespace SEAS.Training.Engine.Models;

/// <summary>Low-rank adapters: which projections learn, and how much they may change.</summary>
/// <remarks><code>y = W x + (α / r) · B A x</code> with W frozen. Source: Hu et al. 2021, arXiv:2106.09685, eq. 3.</remarks>
public sealed record LoraSettings
{
    /// <summary>The projections that a decoder block has.</summary>
    public static IReadOnlyList<string> AllTargets { get; } =
        ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"];

    /// <summary>r, the rank: rows of A and columns of B. At least 1. Default 8, PEFT's.</summary>
    public int Rank { get; init; } = 8;

    /// <summary>α: the change is scaled by α / r. Above 0. Default 16.</summary>
    public double Alpha { get; init; } = 16;

    /// <summary>The projections that get adapters, by Hugging Face's names; at least one. Default: all seven of each block.</summary>
    public IReadOnlyList<string> Targets { get; init; } = AllTargets;

    /// <summary>α / r.</summary>
    internal double Scale => Alpha / Rank;

    /// <summary>Everything that is wrong with these numbers, one sentence each.</summary>
    public IEnumerable<string> Problems()
    {
        if (Rank < 1)
        {
            yield return $"Lora.Rank should be at least 1 but is {Rank}.";
        }

        if (!(Alpha > 0) || double.IsInfinity(Alpha))
        {
            yield return $"Lora.Alpha should be above 0 but is {Alpha}.";
        }

        if (Targets.Count == 0 || Targets.Any(target => !AllTargets.Contains(target)))
        {
            yield return $"Lora.Targets should name some of {string.Join(", ", AllTargets)}, but is [{string.Join(", ", Targets)}].";
        }
    }
}
