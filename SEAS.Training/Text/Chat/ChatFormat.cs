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

    private ChatFormat(ITurnLayout layout) => _layout = layout;

    /// <summary>The tokens at which an answer is over.</summary>
    public IReadOnlySet<int> StopIds => _layout.StopIds;

    /// <summary>What marks the turns.</summary>
    public TurnMarks Marks => _layout.Marks;

    /// <summary>The layout in the language Jinja, as other programs read it.</summary>
    internal string Template => _layout.Template;

    /// <summary>The format that fits a tokenizer.</summary>
    /// <exception cref="ChatTemplateException">The folder's chat template cannot be read.</exception>
    public static ChatFormat For(Tokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return new ChatFormat(tokenizer.ChatTemplate is { } source ? new TemplateTurns(tokenizer, ChatTemplate.Parse(source))
            : MarkedTurns.TryCreate(tokenizer) ?? (ITurnLayout)new PlainTurns(tokenizer));
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

    /// <summary>The ids of an answer as it follows <see cref="Prompt"/>, with the token that ends it.</summary>
    public int[] Answer(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _layout.Answer(text);
    }
}
