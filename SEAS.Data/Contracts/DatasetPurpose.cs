namespace SEAS.Data.Contracts;

/// <summary>What the rows of a dataset are for.</summary>
public enum DatasetPurpose
{
    /// <summary>Prompts that attacks begin with.</summary>
    Seeds,

    /// <summary>Prompts with the answer that a model should learn.</summary>
    Instructions,

    /// <summary>Prompts with an answer that is preferred and one that is not.</summary>
    Preferences,

    /// <summary>Prompts by which models are measured, and whether answering them is safe.</summary>
    Evaluation,

    /// <summary>Answers and what people said of them.</summary>
    Labels,
}
