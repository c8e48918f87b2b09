namespace SEAS.Data.Contracts;

/// <summary>How ids, files, metrics and folders call the two models that are tuned: <c>red</c> and <c>target</c>.</summary>
public static class RoleNames
{
    /// <summary>The name of a role.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The guard is never tuned, so nothing of it bears such a name.</exception>
    public static string Name(this ModelRole role) => role switch
    {
        ModelRole.Red => "red",
        ModelRole.Target => "target",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Only R and T have pairs, steps and checkpoints."),
    };

    /// <summary>The role of a name; null for any other text.</summary>
    public static ModelRole? Find(string name) => name switch
    {
        "red" => ModelRole.Red,
        "target" => ModelRole.Target,
        _ => null,
    };
}
