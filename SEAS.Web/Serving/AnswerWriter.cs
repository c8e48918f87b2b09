using System.Text;
using SEAS.Training.Engine.Generation;
using SEAS.Training.Serving;

namespace SEAS.Web.Serving;

/// <summary>Asks a model and writes what it answers, whole or piece by piece.</summary>
internal sealed class AnswerWriter(
    HttpResponse response, ModelServer server, IReadOnlyList<ServedQuestion> questions, AnswerShape shape, TokenChances chances)
{
    /// <summary>Writes all answers as one object.</summary>
    public async Task WholeAsync(CancellationToken cancellation)
    {
        List<(string Text, AnswerEnd End, object? Chances)> answers = [];
        var tokens = 0;
        foreach (var question in questions)
        {
            var texts = question.Streams.Select(_ => new StringBuilder()).ToArray();
            var ends = new (AnswerEnd End, object? Chances)[texts.Length];
            await foreach (var piece in server.AskAsync(question, cancellation))
            {
                texts[piece.Answer].Append(piece.Text);
                if (piece.Ended is { } end)
                {
                    ends[piece.Answer] = (end, Chances(question, piece.Places));
                    tokens += piece.Tokens;
                }
            }

            answers.AddRange(texts.Zip(ends, (text, end) => (text.ToString(), end.End, end.Chances)));
        }

        await ApiAnswer.JsonAsync(response, shape.Whole(answers, questions.Sum(PromptCost), tokens), cancellation);
    }

    /// <summary>Writes a stream of events.</summary>
    /// <param name="tellsCost">Whether the last of them counts tokens.</param>
    /// <param name="cancellation">The client has gone.</param>
    public async Task StreamAsync(bool tellsCost, CancellationToken cancellation)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        var (first, tokens) = (0, 0);
        foreach (var question in questions)
        {
            for (var answer = 0; shape.IsChat && answer < question.Streams.Count; answer++)
            {
                await ApiAnswer.SendAsync(response, shape.Opening(first + answer), cancellation);
            }

            await foreach (var piece in server.AskAsync(question, cancellation))
            {
                await ApiAnswer.SendAsync(
                    response, shape.Piece(first + piece.Answer, piece.Text, piece.Ended, Chances(question, piece.Places)), cancellation);
                tokens += piece.Ended is null ? 0 : piece.Tokens;
            }

            first += question.Streams.Count;
        }

        if (tellsCost)
        {
            await ApiAnswer.SendAsync(response, shape.Cost(questions.Sum(PromptCost), tokens), cancellation);
        }

        await response.WriteAsync("data: [DONE]\n\n", cancellation);
    }

    // A prompt runs through the model once, however many answers it gets.
    private static int PromptCost(ServedQuestion question) => question.Prompt.Length;

    private object? Chances(ServedQuestion question, IReadOnlyList<TokenPlace>? places) => places is null ? null
        : shape.IsChat ? chances.Chat(places)
        : chances.Plain(places, question.Echoes ? [] : question.Prompt);
}
