namespace SEAS.Web.Serving;

/// <summary>A request that cannot be answered, as OpenAI's API reports it.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="parameter">The field at fault; null if it is none of them.</param>
/// <param name="status">The HTTP status.</param>
internal sealed class ApiException(string message, string? parameter, int status = StatusCodes.Status400BadRequest) : Exception(message)
{
    /// <summary>The answer's status.</summary>
    public int Status => status;

    /// <summary>A word that programs can tell the error by; null where OpenAI's API has none.</summary>
    public string? Code { get; init; }

    /// <summary>The answer's body.</summary>
    public object Body => new
    {
        error = new
        {
            message = Message,
            type = status switch { >= 500 => "server_error", 429 => "rate_limit_error", _ => "invalid_request_error" },
            param = parameter,
            code = Code,
        },
    };

    /// <summary>A model that is not here.</summary>
    public static ApiException NoModel(string name) =>
        new($"There is no model \"{name}\" here; GET /v1/models lists them.", "model", StatusCodes.Status404NotFound)
        {
            Code = "model_not_found",
        };
}
