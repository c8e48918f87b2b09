using SEAS.Training.Text.Templates;
using SEAS.Training.Text.Tokenizers;

namespace SEAS.Training.Text.Chat;

/// <summary>Turns between marking tokens: role, content, <c>&lt;|end|&gt;</c>.</summary>
internal sealed class MarkedTurns : ITurnLayout
{
    private const string Turns = """
        {%- for message in messages %}
        {{- '<|' + message.role + '|>' + message.content + '<|end|>' }}
        {%- endfor %}
        {%- if add_generation_prompt %}
        {{- '<|assistant|>' }}
        {%- endif %}
        """;

    private const string TurnsWithoutSystem = """
        {%- set space = namespace(head='') %}
        {%- for message in messages %}
        {%- if message.role == 'system' %}
        {%- set space.head = space.head + message.content + '\n\n' %}
        {%- else %}
        {{- '<|' + message.role + '|>' + space.head + message.content + '<|end|>' }}
        {%- set space.head = '' %}
        {%- endif %}
        {%- endfor %}
        {%- if space.head %}
        {{- '<|user|>' + space.head.rstrip('\n') + '<|end|>' }}
        {%- endif %}
        {%- if add_generation_prompt %}
        {{- '<|assistant|>' }}
        {%- endif %}
        """;

    private readonly Tokenizer _tokenizer;
    private readonly int _user;
    private readonly int _assistant;
    private readonly int _end;
    private readonly int? _system;

    private MarkedTurns(Tokenizer tokenizer, int user, int assistant, int end)
    {
        (_tokenizer, _user, _assistant, _end) = (tokenizer, user, assistant, end);
        _system = tokenizer.IdOf("<|system|>");
        StopIds = tokenizer.EndIds.Append(end).ToHashSet();
    }

    public TurnMarks Marks => TurnMarks.Tokens;

    public IReadOnlySet<int> StopIds { get; }

    /// <summary>The layout, if the vocabulary has its tokens.</summary>
    public static MarkedTurns? TryCreate(Tokenizer tokenizer) =>
        tokenizer.IdOf("<|user|>") is { } user && tokenizer.IdOf("<|assistant|>") is { } assistant && tokenizer.IdOf("<|end|>") is { } end
            ? new MarkedTurns(tokenizer, user, assistant, end)
            : null;

    public string Template => (_tokenizer is { AddsBos: true, BosId: not null } ? "{{- bos_token }}\n" : "")
        + (_system is null ? TurnsWithoutSystem : Turns);

    public int[] Prompt(IReadOnlyList<ChatMessage> messages)
    {
        var ids = new List<int>();
        if (_tokenizer.AddsBos && _tokenizer.BosId is { } bos)
        {
            ids.Add(bos);
        }

        foreach (var (role, content) in _system is null ? WithoutSystem(messages) : messages)
        {
            ids.Add(role == ChatMessage.User ? _user : role == ChatMessage.Assistant ? _assistant : _system!.Value);
            ids.AddRange(Answer(content));
        }

        ids.Add(_assistant);
        return [.. ids];
    }

    public int[] Answer(string text) => [.. _tokenizer.EncodeBehindSpecial(text), _end];

    /// <summary>A vocabulary without <c>&lt;|system|&gt;</c> reads the system's words at the head of the next turn.</summary>
    private static IEnumerable<ChatMessage> WithoutSystem(IReadOnlyList<ChatMessage> messages)
    {
        var head = string.Empty;
        foreach (var message in messages)
        {
            if (message.Role == ChatMessage.System)
            {
                head += message.Content + "\n\n";
                continue;
            }

            yield return message with { Content = head + message.Content };
            head = string.Empty;
        }

        if (head.Length > 0)
        {
            yield return new ChatMessage(ChatMessage.User, head.TrimEnd('\n'));
        }
    }
}
