namespace SEAS.Training.Text.Chat;

/// <summary>How some prompts of one type are shown to a red-team model that is to write one more.</summary>
/// <remarks>
/// SEAS concatenates k = 3 prompts of a type (arXiv:2408.02632, section 3.3); its exact wording is not published. One prompt a line is all
/// that a model fine-tuned for it needs.
/// </remarks>
public static class RedPrompt
{
    /// <summary>The user's message.</summary>
    public static string Render(IEnumerable<string> shots) => string.Join('\n', shots) + End;

    /// <summary>What stands in a message before it asks for one more; rendered alone it gives the message again.</summary>
    /// <exception cref="FormatException">It is no such message.</exception>
    public static string Shown(string message) => message.EndsWith(End, StringComparison.Ordinal)
        ? message[..^End.Length]
        : throw new FormatException($"A message to R should end with '{End.Trim()}' but is '{message}'.");

    private const string End = "\nOne more:";
}
