using SEAS.Training.Text.Templates.Reading;
using SEAS.Training.Text.Templates.Values;

namespace SEAS.Training.Text.Templates;

/// <summary>A model's own chat template: how it wants a conversation laid out, written in the language Jinja.</summary>
/// <remarks>Reads the part of Jinja that the public templates of Llama, Mistral, Qwen and their kin use; anything else is an error that
/// names the construct. It cannot read files, call the system or run without end.</remarks>
internal sealed class ChatTemplate
{
    private readonly IReadOnlyList<Statement> _body;

    private ChatTemplate(IReadOnlyList<Statement> body, string source) => (_body, Source) = (body, source);

    /// <summary>The template as it was written.</summary>
    public string Source { get; }

    /// <summary>Whether it calls the function that gives the date.</summary>
    public bool AsksForDate => Source.Contains("strftime_now", StringComparison.Ordinal);

    /// <summary>Reads a template.</summary>
    /// <exception cref="ChatTemplateException">It holds something that is not known.</exception>
    public static ChatTemplate Parse(string source) => new(StatementParser.Read(source), source);

    /// <summary>A conversation laid out.</summary>
    /// <param name="messages">What was said.</param>
    /// <param name="opensAnswer">Whether the place of the assistant's next answer is opened (<c>add_generation_prompt</c>).</param>
    /// <param name="tokens">The special tokens by the names that templates call them: <c>bos_token</c>, <c>eos_token</c>.</param>
    /// <returns>The text; what messages said in it is foreign.</returns>
    /// <exception cref="ChatTemplateException">The template refuses the conversation or cannot be run.</exception>
    public TemplateText Render(
        IReadOnlyList<ChatMessage> messages, bool opensAnswer, IReadOnlyDictionary<string, string> tokens)
    {
        var variables = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["messages"] = messages.Select(object? (message) => new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["role"] = TemplateText.Own(message.Role),
                ["content"] = TemplateText.Foreign(message.Content),
            }).ToList(),
            ["add_generation_prompt"] = opensAnswer,
        };
        foreach (var (name, token) in tokens)
        {
            variables[name] = TemplateText.Own(token);
        }

        return new Renderer().Render(_body, variables);
    }
}
