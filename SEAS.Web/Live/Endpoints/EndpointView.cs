using SEAS.Training.Endpoints;

namespace SEAS.Web.Live;

/// <summary>What a run asked of one endpoint so far, retries and given-up units included: what it cost.</summary>
/// <param name="Role">Its role.</param>
/// <param name="Host">The server.</param>
/// <param name="Model">The model that was asked for.</param>
/// <param name="AnsweredBy">What the server says answered.</param>
/// <param name="Calls">Answers that came.</param>
/// <param name="Retries">Attempts that had to be made again.</param>
/// <param name="PromptTokens">Tokens of the questions, as the server counts them.</param>
/// <param name="AnswerTokens">Tokens of the answers.</param>
/// <param name="Uncounted">Answers whose tokens the server did not count.</param>
/// <param name="Withheld">Answers that the server's own filter kept back.</param>
public sealed record EndpointView(
    EndpointRole Role, string Host, string Model, IReadOnlyList<string> AnsweredBy, long Calls, long Retries, long PromptTokens,
    long AnswerTokens, long Uncounted, long Withheld)
{
    /// <summary>Questions that got no answer; null for none.</summary>
    public long? NoAnswer { get; init; }

    internal EndpointView After(EndpointView next) => next with
    {
        AnsweredBy = [.. AnsweredBy.Union(next.AnsweredBy).Order(StringComparer.Ordinal)],
        Calls = Calls + next.Calls,
        Retries = Retries + next.Retries,
        PromptTokens = PromptTokens + next.PromptTokens,
        AnswerTokens = AnswerTokens + next.AnswerTokens,
        Uncounted = Uncounted + next.Uncounted,
        Withheld = Withheld + next.Withheld,
        NoAnswer = NoAnswer is null ? next.NoAnswer : NoAnswer + (next.NoAnswer ?? 0),
    };

    /// <summary>The counts in one line.</summary>
    internal string Counts => FormattableString.Invariant($"{Calls:N0} answers · {PromptTokens:N0} + {AnswerTokens:N0} tokens")
        + (Retries > 0 ? FormattableString.Invariant($" · {Retries:N0} tried again") : "")
        + (Uncounted > 0 ? FormattableString.Invariant($" · {Uncounted:N0} not counted by the server") : "")
        + (Withheld > 0 ? FormattableString.Invariant($" · {Withheld:N0} withheld by its filter") : "")
        + (NoAnswer > 0 ? FormattableString.Invariant($" · {NoAnswer:N0} without an answer") : "");
}
