namespace SEAS.Training.Text.Templates;

/// <summary>One turn of a conversation.</summary>
/// <param name="Role"><c>user</c>, <c>assistant</c> or <c>system</c>.</param>
/// <param name="Content">What was said, untrusted: nothing in it becomes a special token.</param>
public sealed record ChatMessage(string Role, string Content)
{
    internal const string User = "user";
    internal const string Assistant = "assistant";
    internal const string System = "system";

    internal bool IsKnownRole => Role is User or Assistant or System;
}
