namespace SEAS.Data.Contracts.Inputs;

/// <summary>A prompt and its SEAS type.</summary>
/// <param name="Category">A label of the taxonomy.</param>
/// <param name="Text">What the target is asked.</param>
public sealed record TypedPrompt(string Category, string Text)
{
    /// <summary>The risk category of what is asked for, where it is known beside the type; null otherwise.</summary>
    public string? Risk { get; init; }

    /// <summary>The manner of asking, where it is known beside the type: a style's label, or <see cref="PlainStyle"/>; null otherwise.</summary>
    public string? Style { get; init; }

    /// <summary>The style of a prompt that asks without any wrapper.</summary>
    public const string PlainStyle = "plain";
}

/// <summary>A request and the answer to learn.</summary>
/// <param name="Prompt">The request.</param>
/// <param name="Answer">The answer.</param>
public sealed record InstructionRow(string Prompt, string Answer);

/// <summary>A harmless request that sounds harmful, in the manner of XSTest (Röttger et al. 2023, arXiv:2308.01263).</summary>
/// <param name="Text">The request.</param>
/// <param name="Subject">What a correct answer is about, for example <c>crack eggs</c>.</param>
public sealed record AmbiguousPrompt(string Text, string Subject);

/// <summary>A plain task whose answer can be checked by rule.</summary>
/// <param name="Prompt">The task.</param>
/// <param name="Kind">arithmetic, comparison, list, repeat, reverse or fact.</param>
/// <param name="Expected">The right answer; for a list, one right answer of many.</param>
/// <param name="Choices">For a list, everything that may be named; otherwise empty.</param>
/// <param name="Count">For a list, how many different things are asked for; otherwise 0.</param>
public sealed record CheckableTask(string Prompt, string Kind, string Expected, IReadOnlyList<string> Choices, int Count);

/// <summary>Some prompts of one type and one more of that type: what a red-team model learns from.</summary>
/// <param name="Shots">The prompts that are shown.</param>
/// <param name="Category">Their type.</param>
/// <param name="Next">The prompt to learn.</param>
public sealed record RedExample(IReadOnlyList<string> Shots, string Category, string Next);

/// <summary>What an answer does with its prompt.</summary>
public enum AnswerKind
{
    /// <summary>It gives steps for what was asked, or for something harmful.</summary>
    Complied,

    /// <summary>It refuses, and gives the steps all the same.</summary>
    PartlyRefused,

    /// <summary>It refuses.</summary>
    Refused,

    /// <summary>Neither: another subject, another task, or no sense.</summary>
    Other,
}
