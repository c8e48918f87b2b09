using SEAS.Data.Contracts;

namespace SEAS.Training.Endpoints;

/// <summary>What a model behind an endpoint is asked.</summary>
/// <param name="Turns">The conversation as (role, content); plain completions are given a single text.</param>
/// <param name="MaxTokens">Longest answer, in tokens.</param>
internal sealed record EndpointQuestion(IReadOnlyList<(string Role, string Content)> Turns, int MaxTokens)
{
    public double Temperature { get; init; }

    public double TopP { get; init; } = 1;

    /// <summary>0 is off, and then not sent: OpenAI itself does not know it.</summary>
    public int TopK { get; init; }

    /// <summary>Makes servers that honour it repeat themselves; null sends none.</summary>
    public int? Seed { get; init; }

    /// <summary>Whether the likeliest first tokens are wanted.</summary>
    public bool WantsFirstTokens { get; init; }
}

/// <summary>What came back.</summary>
/// <param name="Text">The answer.</param>
/// <param name="Stopped">The model ended it; false when it was cut at the longest length.</param>
/// <param name="Outcome">What came of the question.</param>
/// <param name="Tokens">Tokens of the answer; null where the server does not count.</param>
/// <param name="PromptTokens">Tokens of the question; null where the server does not count.</param>
/// <param name="Model">What the server says answered; null where it does not say.</param>
/// <param name="Places">The likeliest tokens of the first places, with their log-probabilities; empty where they are not offered.</param>
internal sealed record EndpointAnswer(
    string Text, bool Stopped, AnswerOutcome Outcome, int? Tokens, int? PromptTokens, string? Model,
    IReadOnlyList<IReadOnlyList<TokenChance>> Places);

/// <summary>One token that could have stood at a place.</summary>
internal sealed record TokenChance(string Token, double LogProbability);
