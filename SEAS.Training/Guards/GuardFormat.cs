namespace SEAS.Training.Guards;

/// <summary>How a guard wants to be asked: a policy, the conversation, and what comes after; its answer begins with its verdict.</summary>
/// <param name="Name">What the format is called.</param>
/// <param name="Chat">The chat format around it where the folder's own is not to be used; null keeps the folder's.</param>
/// <param name="Policy">What every prompt begins with.</param>
/// <param name="Closing">What stands behind the conversation.</param>
/// <param name="Categories">What may be violated, by code; empty where the guard names nothing.</param>
public sealed record GuardFormat(
    string Name, string? Chat, string Policy, string Closing, IReadOnlyList<GuardCategory> Categories)
{
    // What a conversation must not be able to write: it would end before its end.
    private const string End = "<END CONVERSATION>", Begin = "<BEGIN CONVERSATION>";

    /// <summary>The format of the embedded guard, see <see cref="GuardPrompt"/>.</summary>
    public static GuardFormat Embedded { get; } = new("seas", Chat: null, GuardPrompt.Policy, Closing: "", []);

    /// <summary>All formats, by name.</summary>
    public static IReadOnlyDictionary<string, GuardFormat> All { get; } =
        new[] { Embedded, LlamaGuard.One, LlamaGuard.Two, LlamaGuard.Three, LlamaGuard.Instructed }
            .ToDictionary(format => format.Name, StringComparer.Ordinal);

    /// <summary>Whether it is one of Llama Guard's: a server that has such a model lays the conversation out by itself.</summary>
    public bool IsLlamaGuard => Chat is not null;

    /// <summary>The whole message.</summary>
    /// <param name="prompt">What was asked.</param>
    /// <param name="answer">What was answered.</param>
    public string Render(string prompt, string answer) => this == Embedded
        ? GuardPrompt.Render(prompt, answer)
        : $"{Policy}{Begin}\n\nUser: {Harmless(prompt)}\n\nAgent: {Harmless(answer)}\n\n{End}{Closing}";

    /// <summary>The codes in what a guard wrote behind "unsafe"; null if there is none that the format knows.</summary>
    public string? CategoriesIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var known = Categories.Select(category => category.Code).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var named = text.Split([' ', ',', ';', '.', ':', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries)
            .Where(known.Contains).Select(code => code.ToUpperInvariant()).Distinct(StringComparer.Ordinal).ToList();
        return named.Count == 0 ? null : string.Join(',', named);
    }

    private static string Harmless(string text) => text
        .Replace(End, "END CONVERSATION", StringComparison.OrdinalIgnoreCase)
        .Replace(Begin, "BEGIN CONVERSATION", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Something that an answer may violate.</summary>
/// <param name="Code">As verdicts name it, for example <c>S1</c>.</param>
/// <param name="Name">What it is called.</param>
public sealed record GuardCategory(string Code, string Name);
