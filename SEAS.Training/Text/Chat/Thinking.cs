using SEAS.Training.Text.Tokenizers;

namespace SEAS.Training.Text.Chat;

/// <summary>What a reasoning model writes down before its answer, between <c>&lt;think&gt;</c> and <c>&lt;/think&gt;</c>.</summary>
/// <remarks>It is no part of the answer: answers are judged, measured and learnt without it.</remarks>
public static class Thinking
{
    private const string Open = "<think>";
    private const string Close = "</think>";

    /// <summary>What a run says of such a model.</summary>
    internal const string Note =
        "The model thinks before it answers (<think> … </think>). Answers are judged and learnt without these blocks; one whose "
        + "thinking uses up the tokens of an answer is empty.";

    /// <summary>The answer alone.</summary>
    /// <param name="text">What the model wrote. Where the template opened the block, its beginning is not there.</param>
    /// <returns>What follows the last block; nothing where a block was begun and not ended.</returns>
    public static string Without(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var end = text.LastIndexOf(Close, StringComparison.Ordinal);
        var rest = end < 0 ? text : text[(end + Close.Length)..];
        var begun = rest.IndexOf(Open, StringComparison.Ordinal);
        return (begun < 0 ? rest : rest[..begun]).Trim();
    }

    /// <summary>Whether a model's template or vocabulary has the block's marks.</summary>
    internal static bool IsDoneBy(Tokenizer tokenizer) =>
        tokenizer.IdOf(Close) is not null || tokenizer.ChatTemplate?.Contains(Close, StringComparison.Ordinal) == true;
}
