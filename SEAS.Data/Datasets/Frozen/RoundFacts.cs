using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Datasets.Export;

namespace SEAS.Data.Datasets.Frozen;

/// <summary>What the store does not know of a round and its datasets should tell: the loop gives it.</summary>
public sealed record RoundFacts
{
    /// <summary>The run's whole plan.</summary>
    public required JsonElement Plan { get; init; }

    /// <summary>The guard's threshold in this round.</summary>
    public required double GuardThreshold { get; init; }

    /// <summary>What the guard is called.</summary>
    public required string Guard { get; init; }

    /// <summary>How prompts were drawn.</summary>
    public required SamplingFacts Prompts { get; init; }

    /// <summary>How answers were drawn.</summary>
    public required SamplingFacts Answers { get; init; }

    /// <summary>The imported evaluation sets that were measured, in the plan's order; none in most runs.</summary>
    public IReadOnlyList<string> Sets { get; init; } = [];

    /// <summary>How answers to their rows were drawn; null without sets.</summary>
    public SamplingFacts? SetAnswers { get; init; }

    /// <summary>The guard's threshold for them; that of the plan.</summary>
    public double SetThreshold { get; init; }

    /// <summary>The models that took part.</summary>
    public required IReadOnlyList<ManifestModel> Models { get; init; }

    /// <summary>Where prompts and instructions come from.</summary>
    public required IReadOnlyList<ManifestSource> Sources { get; init; }

    /// <summary>The plain rows that were mixed into the updates, R's and T's.</summary>
    public required IEnumerable<GeneralRow> General { get; init; }

    /// <summary>The round's labels that stand, by age.</summary>
    public required IReadOnlyList<FrozenLabel> Labels { get; init; }

    /// <summary>Everything that people ever decided on the round's items, by age; what was skipped or only begun is not among
    /// it.</summary>
    public IReadOnlyList<FrozenDecision> Decisions { get; init; } = [];

    /// <summary>What people had decided of the run when <see cref="Labels"/> was read: <see cref="DatasetStore.LabelsMark"/>.</summary>
    public required string LabelsMark { get; init; }

    /// <summary>What people say of a prompt and an answer, by content; null where nobody said anything.</summary>
    public required Func<string, string, AnswerLabel?> LabelOf { get; init; }

    /// <summary>What people say of a prompt, by content; null where nobody said anything of it or of an answer to it.</summary>
    public required Func<string, PromptStanding?> LabelOfPrompt { get; init; }
}

/// <summary>A label with the item that it is about.</summary>
/// <param name="Item">The item.</param>
/// <param name="Decision">The decision.</param>
public sealed record FrozenLabel(ReviewItem Item, Decision Decision);

/// <summary>A decision with the item that it is about.</summary>
/// <param name="Item">The item.</param>
/// <param name="Decision">The decision.</param>
/// <param name="Stands">Whether it is its person's, or the lead's, word as it stands.</param>
public sealed record FrozenDecision(ReviewItem Item, Decision Decision, bool Stands);

/// <summary>What people say of a prompt.</summary>
/// <param name="IsConfirmed">Whether they said something of it, or of an answer to it, that counts.</param>
/// <param name="Style">The attack style that they named; null if none.</param>
public sealed record PromptStanding(bool IsConfirmed, string? Style);

/// <summary>How texts were drawn; with the model it is enough to write them again.</summary>
/// <param name="Temperature">Sampling temperature; 0 takes the likeliest token.</param>
/// <param name="TopP">Nucleus mass.</param>
/// <param name="TopK">Top-k; 0 is off.</param>
/// <param name="MaxTokens">The longest text, in tokens.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Stream">The random stream; its indices are those of the row.</param>
public sealed record SamplingFacts(double Temperature, double TopP, int TopK, int MaxTokens, long Seed, string Stream);

/// <summary>A plain row that was mixed into an update.</summary>
/// <param name="Role">The model that learnt it.</param>
/// <param name="Prompt">What it was asked.</param>
/// <param name="Answer">What it learnt to say.</param>
public sealed record GeneralRow(ModelRole Role, string Prompt, string Answer);

/// <summary>What people say of one answer.</summary>
/// <param name="Said">What they say of the answer itself; null where nobody was asked, nobody can tell, or they differ.</param>
/// <param name="Effective">What counts: what they say of it, or what follows from what they say of its prompt; null leaves it to the
/// guard.</param>
/// <param name="IsPromptInvalid">Whether they took the prompt out of the round.</param>
/// <param name="Label">The label that it rests on; null if only the prompt has one.</param>
public sealed record AnswerLabel(bool? Said, bool? Effective, bool IsPromptInvalid, EffectiveLabel? Label);
