using System.Net;
using System.Text;

namespace SEAS.Training.Endpoints;

/// <summary>What can go wrong with an endpoint, in words, and how often it is worth another attempt.</summary>
internal sealed class EndpointFaults(EndpointSettings settings, EndpointKey key, string who)
{
    private const int Excerpt = 200;
    private const int FewRetries = 2;   // what takes long each time, or points to a fault that stays
    private const string Kept = "What was finished is stored: resume the run when it is mended.";

    private string Subject => $"{char.ToUpperInvariant(who[0])}{who[1..]} ({settings.Name})";

    public EndpointException Late() => new(
        $"{Subject} did not answer within {settings.TimeoutSeconds} s. Is the server busy or stuck? A longer time can be set. {Kept}")
    {
        MostRetries = FewRetries,
    };

    public EndpointException Broken(Exception error) => new(
        $"{Subject} could not be asked: {Clean(Innermost(error).Message)} Expected an OpenAI-compatible server at that address; "
        + $"is it running, and is the address right? {Kept}", error)
    {
        // Nobody there, an unknown name, a bad certificate: that hardly mends itself; a connection that breaks does.
        MostRetries = error is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError } ? 0 : FewRetries,
    };

    public EndpointException TooLarge(int most) => new(
        $"{Subject} sent more than {most >> 20} MiB for one answer; expected a few kilobytes of JSON. "
        + $"The rest was not read: is the address that of an OpenAI-compatible API? {Kept}");

    public EndpointException Garbage(HttpResponseMessage response, ReadOnlyMemory<byte> body, FormatException error)
    {
        var found = body.IsEmpty ? "nothing"
            : IsHtml(response, body) ? $"an HTML page that begins \"{Shown(body)}\""
            : $"something else ({Clean(error.Message)}) that begins \"{Shown(body)}\"";
        return new EndpointException(
            $"{Subject} did not answer as OpenAI's API does: expected JSON with a choice, found {found}. "
            + $"Is the address right? It usually ends in /v1. {Kept}", error)
        {
            MostRetries = body.IsEmpty ? FewRetries : 0,
        };
    }

    /// <summary>The server refuses, by its status or by an error in an answer's place.</summary>
    public EndpointException Refused(
        int status, HttpResponseMessage response, ReadOnlyMemory<byte> body, EndpointError error, TimeProvider clock)
    {
        var said = error.Message is { Length: > 0 } message ? Cut(Clean(message))
            : body.IsEmpty ? "nothing more"
            : IsHtml(response, body) ? $"an HTML page that begins \"{Shown(body)}\""
            : Shown(body);
        if (status is >= 300 and < 400)
        {
            var to = response.Headers.Location is { IsAbsoluteUri: true } elsewhere ? elsewhere.Authority : "another path";
            return new EndpointException(
                $"{Subject} redirects ({status}) to {to}. Texts and key are not sent on to where nobody named it: "
                + "give that address itself if it is right.");
        }

        var advice = (HttpStatusCode)status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden when key.IsEmpty =>
                $"No key was sent; put it into {EndpointKey.Variables} (the general one goes only to OPENAI_BASE_URL's server). {Kept}",
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => $"Is the key right, and good for this model? {Kept}",
            HttpStatusCode.NotFound => $"Are address and model right? GET {settings.Url}/models lists the models. {Kept}",
            _ => Kept,
        };
        var wait = Wait(response, clock);
        return new EndpointException($"{Subject} answered {status}: {said.TrimEnd('.')}. {advice}")
        {
            RetryAfter = wait,
            MostRetries = wait <= RetryPauses.Longest || wait is null ? Retries(status) : 0,
        };
    }

    /// <summary>The same, after several attempts.</summary>
    public EndpointException AfterAttempts(EndpointException last, int attempts) =>
        new($"{last.Message} (after {attempts} attempts)", last);

    private static int Retries(int status) => status is 408 or 409 or 425 or 429 or >= 500 ? int.MaxValue : 0;

    private static TimeSpan? Wait(HttpResponseMessage response, TimeProvider clock)
    {
        var asked = response.Headers.RetryAfter?.Delta ?? response.Headers.RetryAfter?.Date - clock.GetUtcNow();
        return asked is { } wait && wait > TimeSpan.Zero ? wait : null;
    }

    private static bool IsHtml(HttpResponseMessage response, ReadOnlyMemory<byte> body) =>
        response.Content.Headers.ContentType?.MediaType is "text/html" || Encoding.UTF8.GetString(body.Span[..Math.Min(64, body.Length)])
            .TrimStart('\uFEFF', ' ', '\r', '\n', '\t').StartsWith('<');

    // The key is taken out of the whole before anything is cut, or a cut through its middle would leave half of it.
    private string Shown(ReadOnlyMemory<byte> body) => Cut(Clean(Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, 16 << 10)])));

    private static string Cut(string text) => text.Length <= Excerpt ? text
        : text[..(char.IsHighSurrogate(text[Excerpt - 1]) ? Excerpt - 1 : Excerpt)] + " …";

    private string Clean(string text) =>
        string.Join(' ', new string([.. key.Hide(text).Select(letter => char.IsControl(letter) || Data.Text.Shown.Acts(letter) ? ' ' : letter)])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static Exception Innermost(Exception error) => error.InnerException is { } inner ? Innermost(inner) : error;
}
