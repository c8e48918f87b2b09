namespace SEAS.Training.Endpoints;

/// <summary>What the environment says of endpoints: <c>SEAS_TARGET_BASE_URL</c>, <c>SEAS_TARGET_MODEL</c> and their kin.</summary>
/// <remarks>
/// <c>OPENAI_BASE_URL</c> and <c>OPENAI_MODEL</c> fill in what is missing, but make no role remote by themselves: they are set on many
/// machines for other programs.
/// </remarks>
public static class EndpointVariables
{
    /// <summary>The name of a role's variable.</summary>
    /// <param name="role">The role.</param>
    /// <param name="what"><c>BASE_URL</c>, <c>MODEL</c> or <c>API_KEY</c>.</param>
    public static string Of(EndpointRole role, string what) => $"SEAS_{role.ToString().ToUpperInvariant()}_{what}";

    /// <summary>The endpoint that a role is asked for with; null if it was asked for with none.</summary>
    /// <param name="role">The role.</param>
    /// <param name="url">An address that was given; null leaves it to the environment.</param>
    /// <param name="model">A model that was given; null leaves it to the environment.</param>
    /// <param name="environment">Reads a variable.</param>
    public static EndpointSettings? Settings(EndpointRole role, string? url, string? model, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        url ??= Value(environment, Of(role, "BASE_URL"));
        if (url is null && model is null)
        {
            return null;
        }

        return new EndpointSettings
        {
            Url = (url ?? Value(environment, "OPENAI_BASE_URL") ?? "").TrimEnd('/'),
            Model = model ?? Value(environment, Of(role, "MODEL")) ?? Value(environment, "OPENAI_MODEL") ?? "",
        };
    }

    private static string? Value(Func<string, string?> environment, string name) =>
        environment(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}
