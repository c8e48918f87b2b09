namespace SEAS.Training.Engine.Recipes;

/// <summary>The names under which a step is reported: TRL's leaf names, letter for letter, and a few of our own after them.</summary>
/// <remarks>Everything per token or per pair is a mean over the whole optimizer step.</remarks>
public static class MetricNames
{
    /// <summary>The objective, in nats.</summary>
    public const string Loss = "loss";

    /// <summary>The learning rate that this step used.</summary>
    public const string LearningRate = "learning_rate";

    /// <summary>Euclidean norm of the whole gradient before clipping.</summary>
    public const string GradNorm = "grad_norm";

    /// <summary>Epochs done after this step, with a fraction.</summary>
    public const string Epoch = "epoch";

    /// <summary>Tokens trained on since the start of this training.</summary>
    public const string NumTokens = "num_tokens";

    /// <summary>Mean entropy of the prediction at an answer token, in nats. DPO: over chosen and rejected answers.</summary>
    public const string Entropy = "entropy";

    /// <summary>Share of answer tokens that were the model's first choice. DPO: of chosen answers.</summary>
    public const string MeanTokenAccuracy = "mean_token_accuracy";

    /// <summary>Mean of β·(log π − log ρ) over chosen answers.</summary>
    public const string RewardsChosen = "rewards/chosen";

    /// <summary>Mean of β·(log π − log ρ) over rejected answers.</summary>
    public const string RewardsRejected = "rewards/rejected";

    /// <summary>Mean of chosen minus rejected reward.</summary>
    public const string RewardsMargins = "rewards/margins";

    /// <summary>Share of pairs whose chosen answer has the higher reward.</summary>
    public const string RewardsAccuracies = "rewards/accuracies";

    /// <summary>Mean log π of a whole chosen answer, in nats.</summary>
    public const string LogpsChosen = "logps/chosen";

    /// <summary>Mean log π of a whole rejected answer, in nats.</summary>
    public const string LogpsRejected = "logps/rejected";

    /// <summary>Mean logit at the tokens of chosen answers.</summary>
    public const string LogitsChosen = "logits/chosen";

    /// <summary>Mean logit at the tokens of rejected answers.</summary>
    public const string LogitsRejected = "logits/rejected";

    /// <summary>Mean log π − log ρ of a whole chosen answer, in nats. Falling below zero is the known way for DPO to go wrong.</summary>
    public const string LogpsChosenDelta = "logps/chosen_delta";

    /// <summary>Mean log π − log ρ of a whole rejected answer, in nats.</summary>
    public const string LogpsRejectedDelta = "logps/rejected_delta";

    /// <summary>The preference part of the objective alone, a mean over pairs, in nats: log 2 where nothing is learned yet.</summary>
    public const string DpoLoss = "dpo_loss";

    /// <summary>Negative log-likelihood per chosen token, in nats (TRL reports it where its loss has this part).</summary>
    public const string NllLoss = "nll_loss";

    /// <summary>Negative log-likelihood per answer token of the general rows, in nats; only in steps that have such rows.</summary>
    public const string GeneralNllLoss = "general/nll_loss";

    /// <summary>Share of the general rows' answer tokens that were the model's first choice; only in steps that have such rows.</summary>
    public const string GeneralMeanTokenAccuracy = "general/mean_token_accuracy";
}
