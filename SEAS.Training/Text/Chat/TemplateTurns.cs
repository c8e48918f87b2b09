using SEAS.Training.Text.Templates;
using SEAS.Training.Text.Templates.Values;
using SEAS.Training.Text.Tokenizers;

namespace SEAS.Training.Text.Chat;

/// <summary>Turns as a model's own chat template writes them.</summary>
/// <remarks>Some templates never look at <c>add_generation_prompt</c>. Where such a one writes a header in front of a finished answer, the
/// header is put behind the conversation here too: without it, a model would be asked to begin with its own mark.</remarks>
internal sealed class TemplateTurns : ITurnLayout
{
    private static readonly ChatMessage s_question = new(ChatMessage.User, "?");
    private static readonly ChatMessage s_answer = new(ChatMessage.Assistant, "!");

    private readonly Tokenizer _tokenizer;
    private readonly ChatTemplate _template;
    private readonly TemplateText _header = TemplateText.Empty;
    private readonly TemplateText _opening;
    private readonly bool _opensBehindMark;
    private readonly int _marksInFront;   // that a template writes between the place that it opens and what is said there

    public TemplateTurns(Tokenizer tokenizer, ChatTemplate template)
    {
        (_tokenizer, _template) = (tokenizer, template);
        _opening = Opened([s_question]);
        var (answer, said) = Finished(s_answer.Content);
        if (said > 0 && IgnoresOpening() && answer.Value.AsSpan(0, said).Trim().Length > 0)
        {
            _header = answer.Slice(0, said);
            _opening = Opened([s_question]);
            (answer, said) = Finished(s_answer.Content);
        }

        var ids = tokenizer.Encode(_opening);
        _opensBehindMark = ids.Length > 0 && tokenizer.Steers(ids[^1]);
        _marksInFront = said > 0 ? tokenizer.Encode(answer.Slice(0, said), continues: !_opensBehindMark).Count(tokenizer.Steers) : 0;
        var end = Answer(s_answer.Content)[^1];
        StopIds = tokenizer.EndIds.Concat(tokenizer.Steers(end) ? [end] : []).ToHashSet();
    }

    public TurnMarks Marks => TurnMarks.Template;

    public IReadOnlySet<int> StopIds { get; }

    public string Template => _template.Source;

    public IReadOnlyList<string> Notes =>
    [
        .. _header.Value.Length > 0
            ? [$"The chat template opens no answer: it does not look at add_generation_prompt. What it writes in front of a finished one, "
                + $"{Quoted(_header.Value)}, is put behind each conversation."]
            : Array.Empty<string>(),
        .. _template.AsksForDate
            ? [$"The chat template asks for the date (strftime_now); it is given {TemplateDate.Words} every time, so that runs repeat."]
            : Array.Empty<string>(),
    ];

    public int[] Prompt(IReadOnlyList<ChatMessage> messages) => _tokenizer.Encode(Opened(messages));

    // What a template writes behind the place that it opens, up to the mark that ends the turn; what follows opens the next one.
    public int[] Answer(string text)
    {
        var (answer, _) = Finished(text);
        var ids = _tokenizer.Encode(answer, continues: !_opensBehindMark);
        var marks = 0;
        var end = Array.FindIndex(ids, id => _tokenizer.Steers(id) && marks++ == _marksInFront);
        return end >= 0 ? ids[..(end + 1)] : _tokenizer.EosId is { } eos ? [.. ids, eos] : ids;
    }

    private static string Quoted(string text) => "\"" + text.Replace("\n", "\\n", StringComparison.Ordinal) + "\"";

    /// <summary>What a template writes behind the place that it opens, and where in it the answer's own words begin.</summary>
    private (TemplateText Answer, int Said) Finished(string text)
    {
        var whole = Render([s_question, s_answer with { Content = text }], opensAnswer: false);
        if (!whole.Value.StartsWith(_opening.Value, StringComparison.Ordinal))
        {
            throw new ChatTemplateException(
                "The chat template cannot be used: it lays out a finished answer otherwise than the place that it opens for one, so no "
                + "model can be tuned with it. Choose one of the built-in formats instead.");
        }

        var answer = whole.Slice(_opening.Value.Length, whole.Value.Length - _opening.Value.Length);
        return (answer, answer.FirstForeign ?? 0);
    }

    private bool IgnoresOpening() =>
        string.Equals(_opening.Value, Render([s_question], opensAnswer: false).Value, StringComparison.Ordinal);

    private TemplateText Opened(IReadOnlyList<ChatMessage> messages) =>
        TemplateText.Concat([Render(messages, opensAnswer: true), _header]);

    private TemplateText Render(IReadOnlyList<ChatMessage> messages, bool opensAnswer) =>
        _template.Render(messages, opensAnswer, _tokenizer.NamedTokens);
}
