using SEAS.Data.Contracts.Events;

namespace SEAS.Web.Live;

/// <summary>One judged attack. Its texts come from models: they are shown as text, never as markup.</summary>
/// <param name="Sequence">The event's number: names it on the page.</param>
/// <param name="AtUtc">When it was judged.</param>
/// <param name="Round">The round of the attack.</param>
/// <param name="Seed">The prompt's seed.</param>
/// <param name="PromptIndex">The prompt within its seed.</param>
/// <param name="AnswerIndex">The answer within its prompt.</param>
/// <param name="Category">The seed's type, by its label.</param>
/// <param name="Prompt">What R wrote.</param>
/// <param name="Answer">What T answered.</param>
/// <param name="Score">P(unsafe), by the guard.</param>
/// <param name="Unsafe">The guard's verdict.</param>
/// <param name="TrulyUnsafe">The truth; null where nobody can know.</param>
public sealed record AttackView(
    long Sequence,
    DateTimeOffset AtUtc,
    int Round,
    int Seed,
    int PromptIndex,
    int AnswerIndex,
    string Category,
    string Prompt,
    string Answer,
    double Score,
    bool Unsafe,
    bool? TrulyUnsafe)
{
    internal static AttackView From(RunEvent happened)
    {
        var attack = happened.Read<AttackEvent>();
        return new AttackView(
            happened.Sequence, happened.AtUtc, attack.Round, attack.Seed, attack.Prompt, attack.Answer, attack.Category ?? "",
            attack.PromptText, attack.AnswerText, attack.Score, attack.Unsafe, attack.TrulyUnsafe);
    }
}

/// <summary>Something a person should know although the run goes on.</summary>
public sealed record AlertView(long Sequence, DateTimeOffset AtUtc, string Text)
{
    internal static AlertView From(RunEvent happened) => new(happened.Sequence, happened.AtUtc, happened.Read<AlertEvent>().Text);
}
