using System.Text;

namespace SEAS.Training.Tokenization;

/// <summary>Turns as plain text, for models without marking tokens: <c>User: …</c>, <c>Assistant: …</c>, one turn a line.</summary>
internal sealed class PlainTurns : ITurnLayout
{
    private readonly Tokenizer _tokenizer;

    public PlainTurns(Tokenizer tokenizer)
    {
        _tokenizer = tokenizer;
        StopIds = tokenizer.EosId is { } eos ? new HashSet<int> { eos } : [];
    }

    public IReadOnlySet<int> StopIds { get; }

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
