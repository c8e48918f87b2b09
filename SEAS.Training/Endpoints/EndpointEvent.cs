using SEAS.Data.Contracts.Events;

namespace SEAS.Training.Endpoints;

/// <summary>Models behind endpoints were asked; counts since the last such event.</summary>
/// <param name="Role">Who asked.</param>
/// <param name="Host">The server.</param>
/// <param name="Model">The model that was asked for.</param>
/// <param name="AnsweredBy">What the server says answered.</param>
/// <param name="Calls">Answers that came.</param>
/// <param name="Retries">Attempts that had to be made again.</param>
/// <param name="PromptTokens">Tokens of the questions, as the server counts them.</param>
/// <param name="AnswerTokens">Tokens of the answers, as the server counts them.</param>
/// <param name="Uncounted">Answers whose tokens the server did not count.</param>
/// <param name="Withheld">Answers that the server's own filter kept back.</param>
internal sealed record EndpointEvent(
    EndpointRole Role, string Host, string Model, IReadOnlyList<string> AnsweredBy, long Calls, long Retries, long PromptTokens,
    long AnswerTokens, long Uncounted, long Withheld) : IEventPayload
{
    /// <summary>Questions that got no answer; null for none.</summary>
    public long? NoAnswer { get; init; }

    static string IEventPayload.Kind => EventKinds.Endpoint;
}
