namespace SEAS.Training.Text.Chat;

/// <summary>What marks the turns of a conversation.</summary>
public enum TurnMarks
{
    /// <summary>The folder's own chat template.</summary>
    Template,

    /// <summary>Special tokens of the vocabulary, made for it.</summary>
    Tokens,

    /// <summary>The words User and Assistant: the model was not made for conversations.</summary>
    Words,
}
