namespace SEAS.Data.Contracts;

/// <summary>How ids and files call the two models that are tuned.</summary>
internal static class RoleNames
{
    public static string Of(ModelRole role) => role switch
    {
        ModelRole.Red => "red",
        ModelRole.Target => "target",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Only R and T have pairs, steps and checkpoints."),
    };

    public static ModelRole? Of(string name) => name switch
    {
        "red" => ModelRole.Red,
        "target" => ModelRole.Target,
        _ => null,
    };
}
