namespace SEAS.Training.Runs.Plan;

/// <summary>How a seed's type is drawn.</summary>
public enum TypeSampling
{
    /// <summary>Every row is equally likely: a type of twice the rows comes twice as often.</summary>
    Rows,

    /// <summary>Every type is equally likely, whatever its size.</summary>
    Types,
}

/// <summary>What an update is held to.</summary>
public enum ReferencePolicy
{
    /// <summary>The model as it was before the update: the paper's equations.</summary>
    Previous,

    /// <summary>The model before the first round: R0 or T0.</summary>
    Initial,

    /// <summary>Nothing: the log-probabilities of the reference count as equal for both answers.</summary>
    None,
}

/// <summary>How many pairs of R one seed may give.</summary>
public enum PairsPerSeed
{
    /// <summary>The prompt that broke T most often over the one that did so least often.</summary>
    AtMostOne,

    /// <summary>Every prompt over every other that broke T less often.</summary>
    All,
}

/// <summary>Which prompts give T's pairs first.</summary>
public enum PairOrder
{
    /// <summary>A random order.</summary>
    Random,

    /// <summary>The order of the seeds, and of the prompts within each.</summary>
    AsWritten,

    /// <summary>Those that broke T most often first; of equals, as written.</summary>
    MostUnsafe,
}

/// <summary>Which answers make a prompt's pair of T.</summary>
public enum PairAnswers
{
    /// <summary>Any complete answer that is about as safe as the safest, over the most unsafe one.</summary>
    ByRisk,

    /// <summary>The first safe answer over the first unsafe one.</summary>
    First,
}

/// <summary>A setting that came later: it stands in a stored plan, and in its hash, only where it differs from what was always
/// done.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AddedLaterAttribute : Attribute;
