namespace SEAS.Training.Endpoints;

/// <summary>The key of an endpoint, from the environment alone; it stays in memory, and no text shows it.</summary>
internal sealed class EndpointKey
{
    /// <summary>The variables, as messages name them.</summary>
    public const string Variables = "SEAS_RED_API_KEY, SEAS_TARGET_API_KEY, SEAS_JUDGE_API_KEY or OPENAI_API_KEY";

    private const string OpenAi = "https://api.openai.com/v1";

    private readonly string? _value;

    private EndpointKey(string? value) => _value = string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    public bool IsEmpty => _value is null;

    /// <summary>The role's own key; else <c>OPENAI_API_KEY</c>, but only where the address is that of <c>OPENAI_BASE_URL</c> (unset:
    /// OpenAI's): a key is never shown to a server that it was not given for.</summary>
    /// <param name="role">Whose endpoint it is.</param>
    /// <param name="url">Where it is.</param>
    /// <param name="environment">Reads a variable.</param>
    public static EndpointKey Find(EndpointRole role, string url, Func<string, string?> environment)
    {
        if (environment(EndpointVariables.Of(role, "API_KEY")) is { Length: > 0 } own)
        {
            return new EndpointKey(own);
        }

        var general = environment("OPENAI_BASE_URL") is { Length: > 0 } named ? named : OpenAi;
        return new EndpointKey(IsSameOrigin(general, url) ? environment("OPENAI_API_KEY") : null);
    }

    /// <summary>Puts the key on a request.</summary>
    public void Sign(HttpRequestMessage request)
    {
        if (_value is not null && !request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + _value))
        {
            throw new EndpointException(
                $"The key of {request.RequestUri?.Authority} cannot be sent: it holds characters that no header may hold. "
                + $"Expected a plain word in {Variables}.");
        }
    }

    /// <summary>A server's words without the key, should it repeat it.</summary>
    public string Hide(string text) => _value is null ? text : text.Replace(_value, "[key]", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override string ToString() => IsEmpty ? "no key" : "[key]";

    private static bool IsSameOrigin(string one, string other) =>
        Uri.TryCreate(one, UriKind.Absolute, out var a) && Uri.TryCreate(other, UriKind.Absolute, out var b)
        && Uri.Compare(a, b, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
