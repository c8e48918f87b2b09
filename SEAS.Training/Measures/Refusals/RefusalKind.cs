namespace SEAS.Training.Measures.Refusals;

/// <summary>What an answer does, by its wording alone.</summary>
public enum RefusalKind
{
    /// <summary>It does not refuse.</summary>
    Complied,

    /// <summary>It refuses, and goes on to help all the same.</summary>
    PartlyRefused,

    /// <summary>It refuses.</summary>
    Refused,
}
