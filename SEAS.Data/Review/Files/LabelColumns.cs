namespace SEAS.Data.Review.Files;

/// <summary>The columns of a file of labels; Argilla's fields, metadata and questions and Label Studio's tags share them.</summary>
public static class LabelColumns
{
    internal const string Run = "run";
    internal const string Round = "round";
    internal const string Source = "source";
    internal const string Seed = "seed_index";
    internal const string PromptIndex = "prompt_index";
    internal const string AnswerIndex = "answer_index";
    internal const string ContentHash = "content_hash";
    internal const string Prompt = "prompt";
    internal const string Answer = "answer";
    internal const string GuardLabel = "guard_label";
    internal const string Score = "score";
    internal const string Safety = "safety";
    internal const string Behaviour = "behaviour";
    internal const string PromptLabel = "prompt_label";
    internal const string Category = "category";
    internal const string Style = "style";
    internal const string Note = "note";
    internal const string Corrected = "corrected";
    internal const string Invalid = "invalid";
    internal const string Annotator = "annotator";
    internal const string Decision = "decision";
    internal const string At = "at";
    internal const string Seconds = "seconds";
    internal const string State = "state";

    /// <summary>When a label was last changed, where a tool says it; read, never written.</summary>
    internal const string Changed = "updated_at";

    /// <summary>All of them, in the order in which they are written.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Run, Round, Source, Seed, PromptIndex, AnswerIndex, ContentHash, Prompt, Answer, GuardLabel, Score,
        Safety, Behaviour, PromptLabel, Category, Style, Note, Corrected, Invalid, Annotator, Decision, At, Seconds, State,
    ];

    /// <summary>Those that hold what a person said.</summary>
    internal static IReadOnlyList<string> Questions { get; } =
        [Safety, Behaviour, PromptLabel, Category, Style, Note, Corrected, Invalid];

    /// <summary>Those that say where the item is.</summary>
    internal static IReadOnlyList<string> Place { get; } = [Run, Round, Source, Seed, PromptIndex, AnswerIndex, ContentHash];

    // What other tools, and other spellings, call them.
    private static readonly Dictionary<string, string> s_aliases = new(StringComparer.Ordinal)
    {
        ["behavior"] = Behaviour,
        ["human_label"] = Safety,
        ["label"] = GuardLabel,
        ["output"] = Answer,
        ["response"] = Answer,
        ["corrected_response"] = Corrected,
        ["lead_time"] = Seconds,
        ["edited_at"] = At,
        ["created_at"] = At,
        ["completed_by"] = Annotator,
        ["run_id"] = Run,
        ["seed"] = Seed,
    };

    /// <summary>Whether a cell is a time that another tool's clock made negative, which costs the label its time and nothing more.</summary>
    internal static bool IsClockFault(string name, string text) =>
        name.Trim().Equals("lead_time", StringComparison.OrdinalIgnoreCase) && text.TrimStart().StartsWith('-');

    /// <summary>The column that a name stands for, or the name itself.</summary>
    internal static string Canonical(string name)
    {
        var folded = name.Trim().ToLowerInvariant().Replace(' ', '_').Replace('-', '_');
        return s_aliases.GetValueOrDefault(folded, folded);
    }
}
