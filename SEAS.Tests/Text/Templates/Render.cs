using SEAS.Training.Text.Templates;
using SEAS.Training.Text.Templates.Values;

namespace SEAS.Tests.Text.Templates;

/// <summary>Renders templates as the tests need them.</summary>
internal static class Render
{
    public static readonly IReadOnlyDictionary<string, string> Tokens =
        new Dictionary<string, string>(StringComparer.Ordinal) { ["bos_token"] = "<s>", ["eos_token"] = "</s>" };

    public static readonly ChatMessage[] Talk =
        [new("system", "Be brief."), new("user", " How are the bees? "), new("assistant", "Well."), new("user", "And the \"wasps\"?")];

    /// <summary>What a template writes for the conversation <see cref="Talk"/>.</summary>
    public static string Text(string template, bool opensAnswer = true) => Text(template, Talk, opensAnswer);

    public static string Text(string template, IReadOnlyList<ChatMessage> messages, bool opensAnswer = true) =>
        ChatTemplate.Parse(template).Render(messages, opensAnswer, Tokens).Value;

    /// <summary>The error that a template gives.</summary>
    public static string Error(string template) => Assert.Throws<ChatTemplateException>(() => Text(template)).Message;
}
