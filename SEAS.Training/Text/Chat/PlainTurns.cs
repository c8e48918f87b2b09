using System.Text;
using SEAS.Training.Text.Templates;
using SEAS.Training.Text.Tokenizers;

namespace SEAS.Training.Text.Chat;

/// <summary>Turns as plain text, for models without marking tokens: <c>User: …</c>, <c>Assistant: …</c>, one turn a line.</summary>
internal sealed class PlainTurns : ITurnLayout
{
    // An answer that ends the conversation is ended as answers are when they are learnt.
    private const string Source = """
        {%- for message in messages %}
        {%- if message.role == 'assistant' and loop.last and not add_generation_prompt %}
        {{- 'Assistant: ' + message.content + eos_token }}
        {%- else %}
        {{- {'user': 'User', 'assistant': 'Assistant', 'system': 'System'}[message.role] + ': ' + message.content + '\n' }}
        {%- endif %}
        {%- endfor %}
        {%- if add_generation_prompt %}
        {{- 'Assistant:' }}
        {%- endif %}
        """;

    private readonly Tokenizer _tokenizer;

    public PlainTurns(Tokenizer tokenizer)
    {
        _tokenizer = tokenizer;
        StopIds = tokenizer.EndIds.ToHashSet();
    }

    public TurnMarks Marks => TurnMarks.Words;

    public IReadOnlySet<int> StopIds { get; }

    public string Template => (_tokenizer is { AddsBos: true, BosId: not null } ? "{{- bos_token }}\n" : "")
        + (_tokenizer.EosId is null ? Source.Replace(" + eos_token", "", StringComparison.Ordinal) : Source);

    public int[] Prompt(IReadOnlyList<ChatMessage> messages)
    {
        var text = new StringBuilder();
        foreach (var (role, content) in messages)
        {
            var speaker = role == ChatMessage.User ? "User" : role == ChatMessage.Assistant ? "Assistant" : "System";
            text.Append(speaker).Append(": ").Append(content).Append('\n');
        }

        return _tokenizer.EncodeOpening(text.Append("Assistant:").ToString());
    }

    public int[] Answer(string text)
    {
        var ids = _tokenizer.EncodeContinuation(" " + text);
        return _tokenizer.EosId is { } eos ? [.. ids, eos] : ids;
    }
}
