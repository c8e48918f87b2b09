namespace SEAS.Training.World;

/// <summary>SEAS's 14 types: nine attack styles ("hard") and five risk categories ("easy").</summary>
/// <remarks>Source: Diao et al. 2024, arXiv:2408.02632, table 13; labels with underscores as in its data files.</remarks>
public static class Taxonomy
{
    /// <summary>The nine attack styles.</summary>
    public static IReadOnlyList<string> Styles { get; } =
    [
        "Role_Play", "Session_Completion", "Goal_Hijacking", "Token_Manipulation", "Adversarial_Prefix", "Code_Nesting",
        "Jailbreaking", "One_Sided_Statement", "Word_Play",
    ];

    /// <summary>The five risk categories.</summary>
    public static IReadOnlyList<string> Risks { get; } =
    [
        "Unfairness_And_Discrimination", "Unsafe_Instruction", "Privacy_And_Property", "Health_Harm", "Crimes_And_Illegal_Activities",
    ];

    /// <summary>All fourteen, styles first.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Styles, .. Risks];
}
