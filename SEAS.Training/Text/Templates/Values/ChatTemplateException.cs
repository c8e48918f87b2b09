namespace SEAS.Training.Text.Templates.Values;

/// <summary>A chat template cannot be read or cannot lay out a conversation. The message names the construct and its line.</summary>
public sealed class ChatTemplateException : Exception
{
    /// <param name="message">What failed, where, and what to do.</param>
    public ChatTemplateException(string message)
        : base(message)
    {
    }

    /// <summary>A construct that the reader does not know or that makes no sense where it stands.</summary>
    internal static ChatTemplateException At(int line, string what) => new(
        $"The chat template cannot be used: line {line}: {what}. "
        + "Choose one of the built-in formats instead, or mend the template.");
}
