using SEAS.Training.Serving;

namespace SEAS.Web.Serving;

/// <summary>The bodies of answers as OpenAI's API defines them, for chats and for plain completions.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="IsChat">Chat rather than plain completion.</param>
/// <param name="Id">The answer's name.</param>
/// <param name="Created">When it was begun, in seconds since 1970.</param>
internal sealed record AnswerShape(string Model, bool IsChat, string Id, long Created)
{
    /// <summary>A new answer's shape.</summary>
    public static AnswerShape New(string model, bool isChat, TimeProvider clock) =>
        new(model, isChat, (isChat ? "chatcmpl-" : "cmpl-") + Guid.NewGuid().ToString("N"), clock.GetUtcNow().ToUnixTimeSeconds());

    /// <summary>The whole answer.</summary>
    /// <param name="answers">Texts, why each is over, and its tokens' log-probabilities where they are wanted.</param>
    /// <param name="promptTokens">Tokens of the prompts.</param>
    /// <param name="answerTokens">Tokens of the answers.</param>
    public object Whole(IReadOnlyList<(string Text, AnswerEnd End, object? Chances)> answers, int promptTokens, int answerTokens) => new
    {
        id = Id,
        @object = IsChat ? "chat.completion" : "text_completion",
        created = Created,
        model = Model,
        choices = answers.Select((answer, index) => IsChat
            ? (object)new
            {
                index,
                message = new { role = "assistant", content = answer.Text, refusal = (string?)null },
                logprobs = answer.Chances,
                finish_reason = Name(answer.End),
            }
            : new { index, text = answer.Text, logprobs = answer.Chances, finish_reason = Name(answer.End) }),
        usage = Usage(promptTokens, answerTokens),
    };

    /// <summary>The first piece of a chat's stream: who speaks.</summary>
    public object Opening(int index) =>
        Chunk([new { index, delta = new { role = "assistant", content = "" }, finish_reason = (string?)null }]);

    /// <summary>A piece of a stream. Log-probabilities come with the last, for all tokens of the answer.</summary>
    public object Piece(int index, string text, AnswerEnd? end, object? chances)
    {
        var reason = end is { } why ? Name(why) : null;
        return Chunk([IsChat
            ? text.Length > 0
                ? new { index, delta = new { content = text }, logprobs = chances, finish_reason = reason }
                : new { index, delta = new { }, logprobs = chances, finish_reason = reason }
            : (object)new { index, text, logprobs = chances, finish_reason = reason }]);
    }

    /// <summary>The last piece of a stream whose reader wants to know what it cost.</summary>
    public object Cost(int promptTokens, int answerTokens) => Chunk([], Usage(promptTokens, answerTokens));

    private object Chunk(object[] choices, object? usage = null) => new
    {
        id = Id, @object = IsChat ? "chat.completion.chunk" : "text_completion", created = Created, model = Model, choices, usage,
    };

    private static object Usage(int promptTokens, int answerTokens) => new
    {
        prompt_tokens = promptTokens, completion_tokens = answerTokens, total_tokens = promptTokens + answerTokens,
    };

    private static string Name(AnswerEnd end) => end == AnswerEnd.Stop ? "stop" : "length";
}
