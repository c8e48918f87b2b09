using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using SEAS.Data.Contracts;

namespace SEAS.Training.Endpoints;

/// <summary>Asks a model behind a server that speaks OpenAI's API. May be used from any thread.</summary>
/// <remarks>What a server may do wrong is bounded: the time and the size of every answer, the attempts, and where it may send us.</remarks>
internal sealed class EndpointClient : IDisposable
{
    private const int LargestAnswer = 8 << 20;   // bytes, after decompression

    private readonly EndpointSettings _settings;
    private readonly EndpointKey _key;
    private readonly TimeProvider _clock;
    private readonly RetryPauses _pauses;
    private readonly HttpClient _http;
    private readonly EndpointFaults _faults;
    private long _calls;
    private readonly RequestManners _manners;

    /// <param name="settings">Where, and how.</param>
    /// <param name="key">Its key.</param>
    /// <param name="who">What the model is in the run, for messages: "the target".</param>
    /// <param name="clock">Measures time-outs and pauses.</param>
    /// <param name="seed">Spreads the pauses.</param>
    /// <param name="manners">What is known of the server's refusals; null where nothing is.</param>
    public EndpointClient(
        EndpointSettings settings, EndpointKey key, string who, TimeProvider clock, ulong seed = 0, RequestManners? manners = null)
    {
        _manners = manners ?? new RequestManners();
        (_settings, _key, _clock) = (settings, key, clock);
        _pauses = new RetryPauses(seed);
        _faults = new EndpointFaults(settings, key, who);
        Totals = new EndpointTotals(settings);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,   // a redirect would take key and texts to a server that nobody named
            UseCookies = false,
            UseProxy = !(Uri.TryCreate(settings.Url, UriKind.Absolute, out var uri) && uri.IsLoopback),
            AutomaticDecompression = DecompressionMethods.All,
            MaxConnectionsPerServer = settings.Concurrency,
            MaxResponseHeadersLength = 64,   // KiB
            ConnectTimeout = TimeSpan.FromSeconds(Math.Min(30, settings.TimeoutSeconds)),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };   // each attempt has its own
    }

    /// <summary>What the calls came to.</summary>
    public EndpointTotals Totals { get; }

    /// <summary>The endpoint.</summary>
    public EndpointSettings Settings => _settings;

    /// <summary>Asks, and asks again where that can help.</summary>
    /// <exception cref="EndpointException">There is no usable answer.</exception>
    public async Task<EndpointAnswer> AskAsync(EndpointQuestion question, CancellationToken cancellation)
    {
        var call = Interlocked.Increment(ref _calls);
        for (var attempt = 0; ;)
        {
            try
            {
                var answer = await TryAsync(question, cancellation);
                Totals.Answered(answer);
                return answer;
            }
            catch (EndpointException error) when (error.Adapts)
            {
                Totals.Retried();   // it ends: each time one field fewer is sent
            }
            catch (EndpointException error) when (attempt < Math.Min(error.MostRetries, _settings.Retries))
            {
                Totals.Retried();
                await Task.Delay(_pauses.After(call, attempt, error.RetryAfter), _clock, cancellation);
                attempt++;
            }
            catch (EndpointException error) when (attempt > 0)
            {
                throw _faults.AfterAttempts(error, attempt + 1);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<EndpointAnswer> TryAsync(EndpointQuestion question, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(_settings.TimeoutSeconds), _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        var written = EndpointJson.Write(_settings, question, _manners.Refused);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _settings.Url + EndpointJson.Path(_settings.Style))
            {
                Content = new StringContent(written.ToJsonString(), Encoding.UTF8, "application/json"),
            };
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            _key.Sign(request);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var body = await BodyAsync(response, either.Token);
            return response.StatusCode == HttpStatusCode.OK
                ? Read(response, body, written)
                : Refused((int)response.StatusCode, response, body, EndpointError.Read(body), written);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw _faults.Late();
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw _faults.Broken(error);
        }
    }

    private EndpointAnswer Read(HttpResponseMessage response, ReadOnlyMemory<byte> body, JsonObject written)
    {
        try
        {
            return EndpointJson.Read(_settings.Style, body);
        }
        catch (FormatException error)
        {
            throw _faults.Garbage(response, body, error);
        }
        catch (EndpointErrorException fault)
        {
            // Gateways answer 200 before they know what the server behind them will say.
            return Refused(fault.Error.Status ?? (int)HttpStatusCode.BadRequest, response, body, fault.Error, written);
        }
    }

    // A server that dislikes what it was asked gives that question's outcome; one that dislikes how, is asked otherwise.
    private EndpointAnswer Refused(
        int status, HttpResponseMessage response, ReadOnlyMemory<byte> body, EndpointError error, JsonObject written)
    {
        if (error.Blocks(status))
        {
            return new EndpointAnswer("", Stopped: true, AnswerOutcome.Withheld, null, null, null, []);
        }

        var fault = _faults.Refused(status, response, body, error, _clock);
        throw _manners.Learn(status, error with { Message = error.Message is { } said ? _key.Hide(said) : null }, [.. written.Select(field => field.Key)])
            ? new EndpointException(fault.Message) { Adapts = true }
            : fault;
    }

    private async Task<ReadOnlyMemory<byte>> BodyAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var body = new MemoryStream();
        var part = new byte[16 << 10];
        for (var read = await stream.ReadAsync(part, cancellation); read > 0; read = await stream.ReadAsync(part, cancellation))
        {
            if (body.Length + read > LargestAnswer)
            {
                throw _faults.TooLarge(LargestAnswer);
            }

            body.Write(part, 0, read);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }
}
