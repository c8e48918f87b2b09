namespace SEAS.Data.Contracts;

/// <summary>The steps of one round, in their order. Stored by name.</summary>
public enum RunStage
{
    /// <summary>R0 and T0 are made or loaded. Belongs to round 0.</summary>
    Initialization,

    /// <summary>R writes prompts, T answers them.</summary>
    Attack,

    /// <summary>The guard scores each answer.</summary>
    Judge,

    /// <summary>Doubtful verdicts are sent to people; some runs wait for their labels.</summary>
    Review,

    /// <summary>Preference pairs are chosen from the verdicts.</summary>
    Pairs,

    /// <summary>The red-team model is tuned against its previous iterate.</summary>
    OptimizeRed,

    /// <summary>The target model is tuned against its previous iterate.</summary>
    OptimizeTarget,

    /// <summary>The held-out measures: static attack success, matrix, over-refusal, usefulness, diversity.</summary>
    Evaluation,
}
