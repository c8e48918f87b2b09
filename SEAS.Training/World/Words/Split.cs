using SEAS.Training.Measures;

namespace SEAS.Training.World.Words;

/// <summary>Which part of the world a text may come from. No phrasing and no intent belongs to two splits.</summary>
public enum Split
{
    /// <summary>What models are trained on.</summary>
    Training,

    /// <summary>What anything (a learning rate, a recipe) may be chosen on.</summary>
    Validation,

    /// <summary>What is looked at for reports only.</summary>
    Test,
}
