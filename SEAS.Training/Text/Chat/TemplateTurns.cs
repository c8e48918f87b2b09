using SEAS.Training.Text.Templates;
using SEAS.Training.Text.Templates.Values;
using SEAS.Training.Text.Tokenizers;

namespace SEAS.Training.Text.Chat;

/// <summary>Turns as a model's own chat template writes them.</summary>
internal sealed class TemplateTurns : ITurnLayout
{
    private static readonly ChatMessage s_question = new(ChatMessage.User, "?");

    private readonly Tokenizer _tokenizer;
    private readonly ChatTemplate _template;
    private readonly TemplateText _opening;
    private readonly bool _opensBehindMark;

    public TemplateTurns(Tokenizer tokenizer, ChatTemplate template)
    {
        (_tokenizer, _template) = (tokenizer, template);
        _opening = Render([s_question], opensAnswer: true);
        var ids = tokenizer.Encode(_opening);
        _opensBehindMark = ids.Length > 0 && tokenizer.Steers(ids[^1]);
        var end = Answer("!")[^1];
        StopIds = new[] { tokenizer.EosId, tokenizer.Steers(end) ? end : null }.OfType<int>().ToHashSet();
    }

    public TurnMarks Marks => TurnMarks.Template;

    public IReadOnlySet<int> StopIds { get; }

    public string Template => _template.Source;

    public int[] Prompt(IReadOnlyList<ChatMessage> messages) => _tokenizer.Encode(Render(messages, opensAnswer: true));

    // What a template writes behind the place that it opens, up to the mark that ends the turn; what follows opens the next one.
    public int[] Answer(string text)
    {
        var whole = Render([s_question, new ChatMessage(ChatMessage.Assistant, text)], opensAnswer: false);
        if (!whole.Value.StartsWith(_opening.Value, StringComparison.Ordinal))
        {
            throw new ChatTemplateException(
                "The chat template cannot be used: it lays out a finished answer otherwise than the place that it opens for one, so no "
                + "model can be tuned with it. Choose one of the built-in formats instead.");
        }

        var answer = whole.Slice(_opening.Value.Length, whole.Value.Length - _opening.Value.Length);
        var ids = _tokenizer.Encode(answer, continues: !_opensBehindMark);
        var end = Array.FindIndex(ids, _tokenizer.Steers);
        return end >= 0 ? ids[..(end + 1)] : _tokenizer.EosId is { } eos ? [.. ids, eos] : ids;
    }

    private TemplateText Render(IReadOnlyList<ChatMessage> messages, bool opensAnswer) =>
        _template.Render(messages, opensAnswer, _tokenizer.NamedTokens);
}
