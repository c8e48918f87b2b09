namespace SEAS.Training.Endpoints;

/// <summary>A model behind a server that speaks OpenAI's API. Part of a run's plan, so nothing in it may be secret.</summary>
public sealed record EndpointSettings
{
    /// <summary>Where the API begins, for example <c>http://127.0.0.1:8000/v1</c>. Names no user, no key and no query.</summary>
    public string Url { get; init; } = "";

    /// <summary>The model, as the server calls it.</summary>
    public string Model { get; init; } = "";

    /// <summary>Which of the API's two ways is used.</summary>
    public EndpointStyle Style { get; init; } = EndpointStyle.Chat;

    /// <summary>Requests that are open at the same time, 1 to 256.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>Longest time of one attempt, in seconds, 1 to 3600.</summary>
    public int TimeoutSeconds { get; init; } = 120;

    /// <summary>Attempts after the first one, for what may pass: 429, 5xx, a connection that breaks. 0 to 20.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>The server's name and port: what of the URL is shown and recorded.</summary>
    internal string Host => Uri.TryCreate(Url, UriKind.Absolute, out var uri) ? uri.Authority : Url;

    /// <summary>How the model is named to people.</summary>
    internal string Name => $"{Model} at {Host}";

    /// <summary>One sentence for each value that cannot be used.</summary>
    /// <param name="option">What the URL is called where it was given.</param>
    internal IEnumerable<string> Problems(string option)
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
        {
            yield return $"{option} is '{Shown(Url)}'; expected the address of an OpenAI-compatible API, "
                + "for example http://127.0.0.1:8000/v1.";
        }
        else if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            // A plan is stored, shown and exported; the value is not repeated for the same reason.
            yield return $"{option} holds a user, a query or a fragment; expected an address without them. "
                + $"Put the key into {EndpointKey.Variables} instead.";
        }

        if (string.IsNullOrWhiteSpace(Model))
        {
            yield return $"{option} is given without a model; name it with {option.Replace("-url", "-model", StringComparison.Ordinal)} "
                + "or OPENAI_MODEL (GET /v1/models lists them).";
        }

        (string Name, int Value, int Least, int Most)[] sizes =
        [
            (nameof(Concurrency), Concurrency, 1, 256), (nameof(TimeoutSeconds), TimeoutSeconds, 1, 3600),
            (nameof(Retries), Retries, 0, 20),
        ];
        foreach (var size in sizes.Where(size => size.Value < size.Least || size.Value > size.Most))
        {
            yield return $"{option}: {size.Name} is {size.Value}; expected a whole number from {size.Least} to {size.Most}.";
        }
    }

    // What stands before an @ may be a password.
    private static string Shown(string url) => url.Contains('@', StringComparison.Ordinal) ? "(not shown)" : url;
}

/// <summary>The two ways of OpenAI's API.</summary>
public enum EndpointStyle
{
    /// <summary><c>/chat/completions</c>: the server lays out the turns.</summary>
    Chat,

    /// <summary><c>/completions</c>: the text goes to the model as it is.</summary>
    Completions,
}
