namespace SEAS.Data.Contracts;

/// <summary>The part that a model plays in a run. Stored by name.</summary>
public enum ModelRole
{
    /// <summary>R: writes adversarial prompts.</summary>
    Red,

    /// <summary>T: answers them, and is hardened.</summary>
    Target,

    /// <summary>Judges the answers; never trained during a run.</summary>
    Guard,
}
