using System.Globalization;
using SEAS.Training.Engine.Models;

namespace SEAS.Training.Engine.Recipes;

/// <summary>How a model is trained: what both recipes need.</summary>
public record TrainingSettings
{
    /// <summary>The optimizer's peak learning rate.</summary>
    /// <remarks>Unit: dimensionless. Range: above 0, below 1. Default 1e-6, TRL's for DPO; tiny models want a thousand times
    /// that.</remarks>
    public double LearningRate { get; init; } = 1e-6;

    /// <summary>Examples per forward pass. General rows of preference training come on top.</summary>
    /// <remarks>Unit: examples. Range: at least 1. Default 8, as in the SEAS paper. Memory grows with it.</remarks>
    public int BatchSize { get; init; } = 8;

    /// <summary>Forward passes per optimizer step. Batch size 2 with 4 accumulated passes takes the same steps as batch size 8.</summary>
    /// <remarks>Unit: passes. Range: at least 1. Default 1.</remarks>
    public int Accumulation { get; init; } = 1;

    /// <summary>How often every example is seen.</summary>
    /// <remarks>Unit: passes over the examples. Range: at least 1. Default 1, as in the SEAS paper.</remarks>
    public int Epochs { get; init; } = 1;

    /// <summary>Steps over which the learning rate rises to its peak. 0 lets <see cref="WarmupRatio"/> decide.</summary>
    /// <remarks>Unit: optimizer steps. Range: at least 0. Default 0.</remarks>
    public int WarmupSteps { get; init; }

    /// <summary>The share of all steps over which the learning rate rises to its peak, if <see cref="WarmupSteps"/> is 0.</summary>
    /// <remarks>Unit: share. Range: 0 … 1. Default 0: no warm-up.</remarks>
    public double WarmupRatio { get; init; }

    /// <summary>Whether the learning rate falls along a half cosine after the warm-up, or stays level.</summary>
    /// <remarks>Default: it falls.</remarks>
    public bool Cosine { get; init; } = true;

    /// <summary>Where the cosine ends, as a share of the peak.</summary>
    /// <remarks>Unit: share. Range: 0 … 1. Default 0.</remarks>
    public double FinalLearningRateShare { get; init; }

    /// <summary>The longest gradient that is taken as it is; a longer one is scaled down to this length.</summary>
    /// <remarks>Unit: Euclidean norm. Range: above 0; infinity turns clipping off. Default 1.</remarks>
    public double MaxGradNorm { get; init; } = 1.0;

    /// <summary>AdamW's decoupled weight decay (Loshchilov and Hutter 2019, arXiv:1711.05101).</summary>
    /// <remarks>Unit: per step, times the learning rate. Range: 0 … 1. Default 0.</remarks>
    public double WeightDecay { get; init; }

    /// <summary>How much of the mean gradient AdamW keeps from step to step.</summary>
    /// <remarks>Unit: share. Range: 0 … below 1. Default 0.9.</remarks>
    public double AdamBeta1 { get; init; } = 0.9;

    /// <summary>How much of the mean squared gradient AdamW keeps from step to step.</summary>
    /// <remarks>Unit: share. Range: 0 … below 1. Default 0.999.</remarks>
    public double AdamBeta2 { get; init; } = 0.999;

    /// <summary>What AdamW adds to the root of the mean squared gradient before dividing by it.</summary>
    /// <remarks>Unit: that of a gradient. Range: above 0. Default 1e-8.</remarks>
    public double AdamEpsilon { get; init; } = 1e-8;

    /// <summary>Tokens per sequence after truncation: the answer loses its end, a long prompt its beginning.</summary>
    /// <remarks>Unit: tokens. Range: 0 (as long as the model reads) or 2 … the model's context length. Default 0.</remarks>
    public int MaxLength { get; init; }

    /// <summary>Whether batches hold examples of similar length. Order stays random over batches.</summary>
    /// <remarks>Default: they do. Off, examples are simply shuffled.</remarks>
    public bool GroupByLength { get; init; } = true;

    /// <summary>Whether only what enters each block is kept on the way forward, and the rest computed once more on the way back (Chen et
    /// al. 2016, arXiv:1604.06174).</summary>
    /// <remarks>Default: no. Activations then take the memory of one block, and a step about a third more time.</remarks>
    public bool GradientCheckpointing { get; init; }

    /// <summary>Low-rank adapters in place of all weights; they are merged when the training is over. Null trains all weights.</summary>
    /// <remarks>Default: null. In preference training the reference is then the same model without them: no copy.</remarks>
    public LoraSettings? Lora { get; init; }

    /// <summary>Says everything that is wrong with the settings: setting, range, value found. Nothing when they are usable.</summary>
    public virtual IEnumerable<string> Problems() =>
    [
        .. Outside(LearningRate is > 0 and < 1, nameof(LearningRate), LearningRate, "above 0 and below 1"),
        .. Outside(BatchSize >= 1, nameof(BatchSize), BatchSize, "at least 1"),
        .. Outside(Accumulation >= 1, nameof(Accumulation), Accumulation, "at least 1"),
        .. Outside(Epochs >= 1, nameof(Epochs), Epochs, "at least 1"),
        .. Outside(WarmupSteps >= 0, nameof(WarmupSteps), WarmupSteps, "0 or more"),
        .. Outside(WarmupRatio is >= 0 and <= 1, nameof(WarmupRatio), WarmupRatio, "from 0 to 1"),
        .. Outside(FinalLearningRateShare is >= 0 and <= 1, nameof(FinalLearningRateShare), FinalLearningRateShare, "from 0 to 1"),
        .. Outside(MaxGradNorm > 0, nameof(MaxGradNorm), MaxGradNorm, "above 0 (infinity turns clipping off)"),
        .. Outside(WeightDecay is >= 0 and <= 1, nameof(WeightDecay), WeightDecay, "from 0 to 1"),
        .. Outside(AdamBeta1 is >= 0 and < 1, nameof(AdamBeta1), AdamBeta1, "from 0 to below 1"),
        .. Outside(AdamBeta2 is >= 0 and < 1, nameof(AdamBeta2), AdamBeta2, "from 0 to below 1"),
        .. Outside(AdamEpsilon is > 0 and < double.PositiveInfinity, nameof(AdamEpsilon), AdamEpsilon, "above 0"),
        .. Outside(MaxLength is 0 or >= 2, nameof(MaxLength), MaxLength, "0 (as long as the model reads) or at least 2"),
        .. Lora?.Problems() ?? [],
    ];

    /// <summary>One line for a setting out of its range; nothing for one within.</summary>
    private protected static IEnumerable<string> Outside(bool fits, string setting, double found, string range)
    {
        if (!fits)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{setting} should be {range} but is {found}.");
        }
    }
}
