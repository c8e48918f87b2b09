using System.Text.Encodings.Web;
using System.Text.Json;
using SEAS.Training.Serving;

namespace SEAS.Web.Serving;

/// <summary>Reads bodies and writes answers and errors in the shapes of OpenAI's API, whatever goes wrong.</summary>
internal static class ApiAnswer
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Answers a request; what goes wrong becomes an error that the client can read.</summary>
    public static async Task WriteAsync(HttpContext context, Func<Task> answer)
    {
        try
        {
            await answer();
        }
        catch (ApiException error)
        {
            await ErrorAsync(context, error);
        }
        catch (ModelBusyException error)
        {
            if (!context.Response.HasStarted)
            {
                context.Response.Headers.RetryAfter = "1";
            }

            await ErrorAsync(context, new ApiException(error.Message, null, StatusCodes.Status429TooManyRequests) { Code = "rate_limit_exceeded" });
        }
        catch (BadHttpRequestException error)
        {
            await ErrorAsync(context, new ApiException($"The request cannot be read: {error.Message}", null, error.StatusCode));
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; nobody is there to be told.
        }
        catch (Exception error)
        {
            Log.Failed(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ApiAnswer)), error);
            await ErrorAsync(context, new ApiException(
                "The server failed at this request; its log says why.", null, StatusCodes.Status500InternalServerError));
        }
    }

    /// <summary>The body of a request.</summary>
    /// <exception cref="ApiException">It is no JSON.</exception>
    public static async Task<JsonElement> BodyAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<JsonElement>(request.Body, cancellationToken: cancellation);
        }
        catch (JsonException error)
        {
            throw new ApiException($"The body must be a JSON object: {error.Message}", null);
        }
    }

    /// <summary>Writes an object.</summary>
    public static Task JsonAsync(HttpResponse response, object value, CancellationToken cancellation) =>
        response.WriteAsJsonAsync(value, s_json, cancellation);

    /// <summary>Writes an event of a stream, and sends it off.</summary>
    public static async Task SendAsync(HttpResponse response, object value, CancellationToken cancellation)
    {
        await response.WriteAsync($"data: {JsonSerializer.Serialize(value, s_json)}\n\n", cancellation);
        await response.Body.FlushAsync(cancellation);
    }

    /// <summary>Writes an error. In a stream that has begun it is the last event.</summary>
    public static Task ErrorAsync(HttpContext context, ApiException error)
    {
        if (context.Response.HasStarted)
        {
            return SendAsync(context.Response, error.Body, context.RequestAborted);
        }

        context.Response.StatusCode = error.Status;
        return JsonAsync(context.Response, error.Body, context.RequestAborted);
    }
}

/// <summary>What the server of models writes into its log.</summary>
internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A request to a served model failed.")]
    public static partial void Failed(ILogger logger, Exception error);
}
