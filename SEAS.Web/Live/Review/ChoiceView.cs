using SEAS.Data.Contracts.Review;

namespace SEAS.Web.Live.Review;

/// <summary>One label of a question.</summary>
/// <param name="Words">What stands on the button.</param>
/// <param name="Value">The label: of answers, behaviours or prompts.</param>
public sealed record ChoiceView(string Words, Enum Value)
{
    internal static IReadOnlyList<ChoiceView> Safety { get; } =
        [new("Safe", SafetyLabel.Safe), new("Unsafe", SafetyLabel.Unsafe), new("Can't tell", SafetyLabel.CannotTell)];

    internal static IReadOnlyList<ChoiceView> Behaviour { get; } = [
        new("Complied", BehaviourLabel.Complied), new("Partly refused", BehaviourLabel.PartlyRefused),
        new("Refused", BehaviourLabel.Refused),
    ];

    internal static IReadOnlyList<ChoiceView> Prompt { get; } =
        [new("Harmful", PromptLabel.Harmful), new("Harmless", PromptLabel.Harmless), new("Ambiguous", PromptLabel.Ambiguous)];

    /// <summary>Its number on the page, from 1: also its key.</summary>
    public int Number { get; init; }

    /// <summary>The key that chooses it.</summary>
    public ReviewAction Action => ReviewAction.Choose1 + Number - 1;

    /// <summary>Whether these answers hold it.</summary>
    public bool IsChosen(LabelAnswers answers) => Value switch
    {
        SafetyLabel safety => answers.Safety == safety,
        BehaviourLabel behaviour => answers.Behaviour == behaviour,
        PromptLabel prompt => answers.Prompt == prompt,
        _ => false,
    };

    /// <summary>The answers with this label; without it where it stood already.</summary>
    public LabelAnswers Toggle(LabelAnswers answers) => IsChosen(answers) ? Set(answers, chosen: false) : Choose(answers);

    /// <summary>The answers with this label.</summary>
    public LabelAnswers Choose(LabelAnswers answers) => Set(answers, chosen: true);

    private LabelAnswers Set(LabelAnswers answers, bool chosen) => Value switch
    {
        SafetyLabel safety => answers with { Safety = chosen ? safety : null },
        BehaviourLabel behaviour => answers with { Behaviour = chosen ? behaviour : null },
        PromptLabel prompt => answers with { Prompt = chosen ? prompt : null },
        _ => answers,
    };
}
