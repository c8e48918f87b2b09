using SEAS.Training.Engine.Objectives;

namespace SEAS.Training.Engine.Recipes;

/// <summary>How a model is trained on preferences (Rafailov et al. 2023, arXiv:2305.18290).</summary>
public sealed record DpoSettings : TrainingSettings
{
    /// <summary>What is minimized over the pairs.</summary>
    /// <remarks>Default: DPO's own loss.</remarks>
    public PreferenceLoss Loss { get; init; } = PreferenceLoss.Sigmoid;

    /// <summary>How strongly the policy is held to its reference: β, and τ of IPO.</summary>
    /// <remarks>Unit: dimensionless. Range: above 0. Default 0.1, TRL's; smaller values let the policy drift further.</remarks>
    public double Beta { get; init; } = 0.1;

    /// <summary>The share of pairs believed to be labelled the wrong way round: ε of conservative DPO.</summary>
    /// <remarks>Unit: share. Range: 0 … below 0.5. Default 0: plain DPO.</remarks>
    public double LabelSmoothing { get; init; }

    /// <summary>Weight of the negative log-likelihood per chosen token, added to the loss (as in Pang et al.
    /// 2024, arXiv:2404.19733).</summary>
    /// <remarks>Unit: dimensionless. Range: 0 or more. Default 0. It keeps chosen answers from losing probability along with
    /// rejected ones.</remarks>
    public double ChosenNllWeight { get; init; }

    /// <summary>Weight of the negative log-likelihood per answer token of the general rows mixed into the batches.</summary>
    /// <remarks>Unit: dimensionless. Range: 0 or more. Default 1. Without general rows it has no effect.</remarks>
    public double GeneralWeight { get; init; } = 1.0;

    /// <summary>The loss that these settings ask for.</summary>
    internal IPreferenceLoss Objective() => Loss switch
    {
        PreferenceLoss.Ipo => new IpoLoss(Beta),
        _ => new DpoLoss(Beta, LabelSmoothing),
    };

    /// <inheritdoc/>
    public override IEnumerable<string> Problems() =>
    [
        .. base.Problems(),
        .. Outside(Beta is > 0 and < double.PositiveInfinity, nameof(Beta), Beta, "above 0"),
        .. Outside(LabelSmoothing is >= 0 and < 0.5, nameof(LabelSmoothing), LabelSmoothing, "from 0 to below 0.5"),
        .. Outside(Loss != PreferenceLoss.Ipo || LabelSmoothing is 0, nameof(LabelSmoothing), LabelSmoothing, "0 with the loss Ipo"),
        .. Outside(ChosenNllWeight is >= 0 and < double.PositiveInfinity, nameof(ChosenNllWeight), ChosenNllWeight, "0 or more"),
        .. Outside(GeneralWeight is >= 0 and < double.PositiveInfinity, nameof(GeneralWeight), GeneralWeight, "0 or more"),
    ];
}

/// <summary>What preference training minimizes.</summary>
public enum PreferenceLoss
{
    /// <summary>DPO's: the negative log-sigmoid of the margin (Rafailov et al. 2023, arXiv:2305.18290, eq. 7).</summary>
    Sigmoid,

    /// <summary>IPO's: the squared distance of the mean margin per token from 1 / (2·β) (Azar et al. 2023, arXiv:2310.12036, eq. 17). It
    /// does not grow without end where all pairs are ranked right.</summary>
    Ipo,
}
