using SEAS.Data.Contracts;

namespace SEAS.Training.Endpoints;

/// <summary>What calls to one endpoint came to. Counted from any thread.</summary>
internal sealed class EndpointTotals(EndpointSettings settings)
{
    private readonly Lock _lock = new();
    private readonly SortedSet<string> _models = new(StringComparer.Ordinal);
    private long _calls, _retries, _uncounted, _promptTokens, _answerTokens, _withheld, _silent;

    public void Retried()
    {
        lock (_lock)
        {
            _retries++;
        }
    }

    public void Answered(EndpointAnswer answer)
    {
        lock (_lock)
        {
            _calls++;
            _promptTokens += answer.PromptTokens ?? 0;
            _answerTokens += answer.Tokens ?? 0;
            _uncounted += answer.Tokens is null ? 1 : 0;
            _withheld += answer.Outcome == AnswerOutcome.Withheld ? 1 : 0;
            _silent += answer.Outcome == AnswerOutcome.NoAnswer ? 1 : 0;
            if (answer.Model is { Length: > 0 } model)
            {
                _models.Add(model);
            }
        }
    }

    /// <summary>What was counted since the last time; null if nothing was.</summary>
    public EndpointUse? Take()
    {
        lock (_lock)
        {
            var use = new EndpointUse(
                settings.Host, settings.Model, [.. _models], _calls, _retries, _promptTokens, _answerTokens, _uncounted, _withheld)
            {
                NoAnswer = _silent == 0 ? null : _silent,
            };
            (_calls, _retries, _uncounted, _promptTokens, _answerTokens, _withheld, _silent) = (0, 0, 0, 0, 0, 0, 0);
            _models.Clear();
            return use is { Calls: 0, Retries: 0 } ? null : use;
        }
    }
}

/// <summary>Calls to one endpoint, added up; kept with the unit of work that they were made for.</summary>
/// <param name="Host">The server.</param>
/// <param name="Model">The model that was asked for.</param>
/// <param name="AnsweredBy">What the server says answered.</param>
/// <param name="Calls">Answers that came.</param>
/// <param name="Retries">Attempts that had to be made again.</param>
/// <param name="PromptTokens">Tokens of the questions, as the server counts them.</param>
/// <param name="AnswerTokens">Tokens of the answers, as the server counts them.</param>
/// <param name="Uncounted">Answers whose tokens the server did not count.</param>
/// <param name="Withheld">Answers that the server's own filter kept back.</param>
internal sealed record EndpointUse(
    string Host, string Model, IReadOnlyList<string> AnsweredBy, long Calls, long Retries, long PromptTokens, long AnswerTokens,
    long Uncounted, long Withheld)
{
    /// <summary>Questions that got no answer (<see cref="AnswerOutcome.NoAnswer"/>); null for none, and in runs older than this member.</summary>
    public long? NoAnswer { get; init; }
}
