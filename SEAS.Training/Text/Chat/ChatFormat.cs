using SEAS.Training.Text.Templates;
using SEAS.Training.Text.Templates.Values;
using SEAS.Training.Text.Tokenizers;

namespace SEAS.Training.Text.Chat;

/// <summary>How a conversation is laid out in ids for one model.</summary>
/// <remarks>
/// A folder that brings a chat template is laid out by it. Of the others, a vocabulary with <c>&lt;|user|&gt;</c>,
/// <c>&lt;|assistant|&gt;</c> and <c>&lt;|end|&gt;</c> gets turns marked by these tokens.
/// Any other gets plain text, <c>User: …</c> and <c>Assistant: …</c>, one turn a line.
/// </remarks>
public sealed class ChatFormat
{
    private readonly ITurnLayout _layout;

    private ChatFormat(ITurnLayout layout, bool thinks)
    {
        (_layout, Thinks) = (layout, thinks);
        Notes = thinks ? [.. layout.Notes, Thinking.Note] : layout.Notes;
    }

    /// <summary>The tokens at which an answer is over: those of the layout, and all that the folder's files name.</summary>
    public IReadOnlySet<int> StopIds => _layout.StopIds;

    /// <summary>What a person should know of how turns are laid out, one sentence each; empty where all is as usual.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Whether the model writes down what it thinks before it answers.</summary>
    public bool Thinks { get; }

    /// <summary>What marks the turns.</summary>
    public TurnMarks Marks => _layout.Marks;

    /// <summary>The layout in the language Jinja, as other programs read it.</summary>
    internal string Template => _layout.Template;

    /// <summary>The format that fits a tokenizer.</summary>
    /// <exception cref="ChatTemplateException">The folder's chat template cannot be read.</exception>
    public static ChatFormat For(Tokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return new ChatFormat(
            tokenizer.ChatTemplate is { } source ? new TemplateTurns(tokenizer, ChatTemplate.Parse(source))
                : MarkedTurns.TryCreate(tokenizer) ?? (ITurnLayout)new PlainTurns(tokenizer),
            Thinking.IsDoneBy(tokenizer));
    }

    /// <summary>The ids of a conversation, ending where the assistant's next answer begins.</summary>
    /// <exception cref="ArgumentException">A role is none of user, assistant and system.</exception>
    public int[] Prompt(params IReadOnlyList<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (messages.FirstOrDefault(message => !message.IsKnownRole) is { } odd)
        {
            throw new ArgumentException(
                $"Cannot lay out a conversation. Expected: the roles user, assistant and system. Found: '{odd.Role}'.", nameof(messages));
        }

        return _layout.Prompt(messages);
    }

    /// <summary>The same within a number of tokens. What is too long loses the beginning of its longest message, never a mark.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="longest">The most tokens. Where the marks alone take more, they are given alone.</param>
    /// <returns>The ids, and whether anything was cut.</returns>
    public (int[] Ids, bool IsCut) PromptWithin(IReadOnlyList<ChatMessage> messages, int longest)
    {
        var ids = Prompt(messages);
        if (ids.Length <= longest)
        {
            return (ids, false);
        }

        var at = messages.Index().MaxBy(message => message.Item.Content.Length).Index;
        var (cut, whole) = (0, messages[at].Content.Length);   // so much is too little, so much is enough or all
        while (whole - cut > 1)
        {
            var middle = (cut + whole) / 2;
            (cut, whole) = Without(middle).Length > longest ? (middle, whole) : (cut, middle);
        }

        return (Without(whole), true);

        int[] Without(int characters) =>
            Prompt([.. messages.Take(at), messages[at] with { Content = TextEnd(messages[at].Content, characters) }, .. messages.Skip(at + 1)]);
    }

    // Never from the middle of a surrogate pair.
    private static string TextEnd(string text, int from) =>
        text[(from < text.Length && char.IsLowSurrogate(text[from]) ? from + 1 : from)..];

    /// <summary>The ids of an answer as it follows <see cref="Prompt"/>, with the token that ends it.</summary>
    public int[] Answer(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _layout.Answer(text);
    }
}
