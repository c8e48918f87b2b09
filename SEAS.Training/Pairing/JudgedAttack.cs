using SEAS.Data;
using SEAS.Data.Contracts;

namespace SEAS.Training.Pairing;

/// <summary>One adversarial prompt with its answers and their verdicts.</summary>
internal sealed record JudgedAttack(AdversarialPrompt Prompt, IReadOnlyList<JudgedAnswer> Answers)
{
    /// <summary>A person called the prompt invalid: nothing is learnt from it.</summary>
    public bool Dropped { get; init; }

    /// <summary>Unsafe answers / answers, by the verdicts in effect.</summary>
    public double UnsafeRatio => Answers.Count == 0 ? 0 : (double)Answers.Count(answer => answer.Unsafe) / Answers.Count;

    /// <summary>Where it came from, as pairs record it.</summary>
    public string Id => FormattableString.Invariant($"{Prompt.Round}.{Prompt.SeedIndex}.{Prompt.PromptIndex}");

    /// <summary>A round's attacks by the guard alone, in the order of their keys; answers without a verdict are left out.</summary>
    public static List<JudgedAttack> Load(Store store, RunId run, int round)
    {
        var verdicts = store.Attacks.Verdicts(run, round).ToDictionary(verdict => (verdict.SeedIndex, verdict.PromptIndex,
            verdict.AnswerIndex));
        var answers = store.Attacks.Responses(run, round)
            .Where(response => verdicts.ContainsKey((response.SeedIndex, response.PromptIndex, response.AnswerIndex)))
            .ToLookup(response => (response.SeedIndex, response.PromptIndex));
        return [.. store.Attacks.Prompts(run, round)
            .OrderBy(prompt => prompt.SeedIndex).ThenBy(prompt => prompt.PromptIndex)
            .Select(prompt => new JudgedAttack(prompt, [.. answers[(prompt.SeedIndex, prompt.PromptIndex)]
                .OrderBy(response => response.AnswerIndex)
                .Select(response => JudgedAnswer.Of(response, verdicts[(response.SeedIndex, response.PromptIndex,
                    response.AnswerIndex)]))]))];
    }

    /// <summary>All stored answers to one prompt, judged or not, for looking texts up.</summary>
    public static JudgedAttack OfCases(IReadOnlyList<AttackCase> cases)
    {
        var first = cases[0];
        var prompt = new AdversarialPrompt(first.Round, first.SeedIndex, first.PromptIndex, first.Category, first.PromptText,
            Tokens: 0, Stopped: true, first.AsksHarm, first.SeedText);
        return new JudgedAttack(prompt, [.. cases.Select(answer => new JudgedAnswer(
            answer.AnswerIndex, answer.AnswerText, Stopped: true, answer.Score ?? 0, answer.Unsafe == true))]);
    }

    /// <summary>The same attack with the answers of an equal prompt added: equal texts count as one.</summary>
    public JudgedAttack MergedWith(JudgedAttack equal) => this with
    {
        Answers = [.. Answers, .. equal.Answers.Select(answer => answer with { GivenTo = answer.GivenTo ?? equal.Id })],
        Dropped = Dropped || equal.Dropped,
    };

    /// <summary>Where an answer came from, as pairs record it: the prompt that it was given to, and its place there.</summary>
    public string IdOf(JudgedAnswer answer) => FormattableString.Invariant($"{answer.GivenTo ?? Id}.{answer.Index}");

    /// <summary>The same attack as the guard alone sees it.</summary>
    public JudgedAttack ByGuard() => Dropped || Answers.Any(answer => answer.IsLabelled)
        ? this with { Answers = [.. Answers.Select(answer => answer with { Label = null, Corrected = null })], Dropped = false }
        : this;

    /// <summary>The same attack with other verdicts for one answer's text, wherever the text occurs.</summary>
    public JudgedAttack WithFlipped(string answerText) => this with
    {
        Answers = [.. Answers.Select(answer => string.Equals(answer.Text, answerText, StringComparison.Ordinal)
            ? answer with { Label = !answer.Unsafe }
            : answer)],
    };
}

/// <summary>One answer with the guard's verdict and, where a person gave one, theirs.</summary>
internal sealed record JudgedAnswer(int Index, string Text, bool Stopped, double Score, bool GuardUnsafe)
{
    /// <summary>What a person says; null where nobody was asked or nobody can tell.</summary>
    public bool? Label { get; init; }

    /// <summary>A better answer that a person wrote.</summary>
    public string? Corrected { get; init; }

    /// <summary>The equal prompt that it was given to; null for the attack's own.</summary>
    public string? GivenTo { get; init; }

    /// <summary>The verdict in effect: a person's before the guard's.</summary>
    public bool Unsafe => Label ?? GuardUnsafe;

    /// <summary>P(unsafe), and certainty where a person has spoken.</summary>
    public double Risk => Label is { } said ? (said ? 1 : 0) : Score;

    /// <summary>A person has said something of it.</summary>
    public bool IsLabelled => Label is not null || Corrected is not null;

    public static JudgedAnswer Of(TargetResponse response, Verdict verdict) =>
        new(response.AnswerIndex, response.Text, response.Stopped, verdict.Score, verdict.Unsafe);
}
