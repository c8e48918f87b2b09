namespace SEAS.Web.Serving;

/// <summary>A request that cannot be answered, as OpenAI's API reports it.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="parameter">The field at fault; null if it is none of them.</param>
/// <param name="status">The HTTP status.</param>
internal sealed class ApiException(string message, string? parameter, int status = StatusCodes.Status400BadRequest) : Exception(message)
{
    /// <summary>The answer's status.</summary>
    public int Status => status;

    /// <summary>The answer's body.</summary>
    public object Body => new
    {
        error = new
        {
            message = Message,
            type = status < 500 ? "invalid_request_error" : "server_error",
            param = parameter,
            code = status == StatusCodes.Status404NotFound ? "model_not_found" : null,
        },
    };
}
