using SEAS.Training.Text.Templates;

namespace SEAS.Training.Text.Chat;

/// <summary>One way to lay out turns; <see cref="ChatFormat"/> has checked the roles.</summary>
internal interface ITurnLayout
{
    /// <summary>What marks the turns.</summary>
    TurnMarks Marks { get; }

    IReadOnlySet<int> StopIds { get; }

    /// <summary>The same layout in the language Jinja, for other programs.</summary>
    string Template { get; }

    /// <summary>What a person should know of this layout, one sentence each; empty where all is as usual.</summary>
    IReadOnlyList<string> Notes => [];

    int[] Prompt(IReadOnlyList<ChatMessage> messages);

    int[] Answer(string text);
}
