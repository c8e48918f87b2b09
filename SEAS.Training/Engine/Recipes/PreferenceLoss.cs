namespace SEAS.Training.Engine.Recipes;

/// <summary>What preference training minimizes.</summary>
public enum PreferenceLoss
{
    /// <summary>DPO's: the negative log-sigmoid of the margin (Rafailov et al. 2023, arXiv:2305.18290, eq. 7).</summary>
    Sigmoid,

    /// <summary>IPO's: the squared distance of the mean margin per token from 1 / (2·β) (Azar et al. 2023, arXiv:2310.12036, eq. 17). It
    /// does not grow without end where all pairs are ranked right.</summary>
    Ipo,
}
