using System.Globalization;

namespace SEAS.Data.Contracts.Ids;

/// <summary>A seed of a round: the k prompts that R was shown.</summary>
/// <param name="Run">The run.</param>
/// <param name="Round">The round of the attack.</param>
/// <param name="Seed">Its place in the round.</param>
public sealed record SeedId(RunId Run, int Round, int Seed) : RowId(Run)
{
    /// <inheritdoc/>
    protected override string Place => string.Create(CultureInfo.InvariantCulture, $"r{Round}/s{Seed}");

    /// <summary>A prompt that was written after this seed.</summary>
    public PromptId Prompt(int prompt) => new(Run, Round, Seed, prompt);
}

/// <summary>An adversarial prompt.</summary>
/// <param name="Run">The run.</param>
/// <param name="Round">The round of the attack.</param>
/// <param name="Seed">The prompt's seed.</param>
/// <param name="Prompt">The prompt within its seed.</param>
public sealed record PromptId(RunId Run, int Round, int Seed, int Prompt) : RowId(Run)
{
    /// <summary>Names a stored prompt.</summary>
    public static PromptId Of(RunId run, AdversarialPrompt prompt) => new(run, prompt.Round, prompt.SeedIndex, prompt.PromptIndex);

    /// <summary>What it was written after.</summary>
    public SeedId From => new(Run, Round, Seed);

    /// <inheritdoc/>
    protected override string Place => string.Create(CultureInfo.InvariantCulture, $"r{Round}/s{Seed}/p{Prompt}");

    /// <summary>An answer to it.</summary>
    public AnswerId Answer(int answer) => new(Run, Round, Seed, Prompt, answer);
}

/// <summary>The target model's answer to an adversarial prompt.</summary>
/// <param name="Run">The run.</param>
/// <param name="Round">The round of the attack.</param>
/// <param name="Seed">The prompt's seed.</param>
/// <param name="Prompt">The prompt within its seed.</param>
/// <param name="Answer">The answer within its prompt.</param>
public sealed record AnswerId(RunId Run, int Round, int Seed, int Prompt, int Answer) : RowId(Run)
{
    /// <summary>Names a stored answer.</summary>
    public static AnswerId Of(RunId run, TargetResponse response) =>
        new(run, response.Round, response.SeedIndex, response.PromptIndex, response.AnswerIndex);

    /// <summary>What it answers.</summary>
    public PromptId To => new(Run, Round, Seed, Prompt);

    /// <summary>What the guard says of it.</summary>
    public VerdictId Verdict => new(this);

    /// <inheritdoc/>
    protected override string Place => string.Create(CultureInfo.InvariantCulture, $"r{Round}/s{Seed}/p{Prompt}/a{Answer}");
}

/// <summary>The guard's verdict on an answer.</summary>
/// <param name="On">The answer.</param>
public sealed record VerdictId(AnswerId On) : RowId(On.Run)
{
    /// <inheritdoc/>
    protected override string Place => $"{On.ToString()[(Run.Value.Length + 1)..]}/verdict";
}

/// <summary>The target model's judged answer to a row of an imported evaluation set.</summary>
/// <param name="Run">The run.</param>
/// <param name="Round">The round after which it was measured: the target's iterate, 0 before the first.</param>
/// <param name="Set">The set's place in the plan, from 0.</param>
/// <param name="Row">The row's number in the set, from 1.</param>
public sealed record SetAnswerId(RunId Run, int Round, int Set, long Row) : RowId(Run)
{
    /// <summary>Names a stored answer.</summary>
    public static SetAnswerId Of(RunId run, SetAnswer answer) => new(run, answer.Iteration, answer.Set, answer.Row);

    /// <summary>Who answered.</summary>
    public CheckpointId By => new(Run, ModelRole.Target, Round);

    /// <inheritdoc/>
    protected override string Place => string.Create(CultureInfo.InvariantCulture, $"r{Round}/set/{Set}/{Row}");
}

/// <summary>A person's decision.</summary>
/// <param name="Run">The run.</param>
/// <param name="Decision">Its number in the store.</param>
public sealed record LabelId(RunId Run, long Decision) : RowId(Run)
{
    /// <inheritdoc/>
    protected override string Place => string.Create(CultureInfo.InvariantCulture, $"label/{Decision}");
}
