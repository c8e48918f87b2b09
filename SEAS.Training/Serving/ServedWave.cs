using SEAS.Training.Engine.Generation;
using SEAS.Training.ModelFiles;
using SEAS.Training.Text.Tokenizers;

namespace SEAS.Training.Serving;

/// <summary>Questions that are answered together, and what has come of each answer.</summary>
internal sealed class ServedWave : IDisposable
{
    private readonly IReadOnlyList<PendingQuestion> _questions;
    private readonly Dictionary<(int Question, int Answer), Line> _lines = [];
    private readonly CancellationTokenSource _nobodyListens = new();
    private int _open;

    public ServedWave(IReadOnlyList<PendingQuestion> questions, Tokenizer tokenizer)
    {
        _questions = questions;
        for (var question = 0; question < questions.Count; question++)
        {
            for (var answer = 0; answer < questions[question].Question.Streams.Count; answer++, _open++)
            {
                _lines[(question, answer)] = new Line(tokenizer.Stream(), new StopTextFilter(questions[question].Question.StopTexts));
            }
        }
    }

    /// <summary>Answers all questions, on the calling thread.</summary>
    public void Run(Generator generator, ModelFolder folder, IReadOnlySet<int> stopIds, CancellationToken closing)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(closing, _nobodyListens.Token);
        var requests = _questions.Select(pending => new GenerationRequest(pending.Question.Prompt, pending.Question.Streams)
        {
            MaxNewTokens = Math.Min(
                pending.Question.Sampling.MaxNewTokens, folder.Model.Config.MaxPositions - pending.Question.Prompt.Length),
        }).ToList();
        try
        {
            var completions = generator.Generate(requests, _questions[0].Question.Sampling, stopIds, cancellation.Token, Take);
            foreach (var ((question, answer), line) in _lines.Where(entry => !entry.Value.IsOver))
            {
                var rest = line.Filter.Push(line.Decoder.Flush()) + line.Filter.Flush();
                var ended = completions[question][answer].Stopped || line.Filter.IsStopped ? AnswerEnd.Stop : AnswerEnd.Length;
                Close(question, answer, line, rest, ended);
            }
        }
        catch (OperationCanceledException) when (!closing.IsCancellationRequested)
        {
            // Every answer is over or nobody waits for it.
        }

        foreach (var question in _questions)
        {
            question.End();
        }
    }

    public void Dispose() => _nobodyListens.Dispose();

    private void Take(int question, int answer, int token)
    {
        var line = _lines[(question, answer)];
        if (!line.IsOver && _questions[question].IsAbandoned)
        {
            Close(question, answer, line, string.Empty, AnswerEnd.Stop);
        }

        if (line.IsOver)
        {
            return;
        }

        line.Tokens++;
        var text = line.Filter.Push(line.Decoder.Push(token));
        if (line.Filter.IsStopped)
        {
            Close(question, answer, line, text, AnswerEnd.Stop);
        }
        else if (text.Length > 0)
        {
            _questions[question].Send(new ServedPiece(answer, text, null, line.Tokens));
        }
    }

    private void Close(int question, int answer, Line line, string rest, AnswerEnd ended)
    {
        line.IsOver = true;
        _questions[question].Send(new ServedPiece(answer, rest, ended, line.Tokens));
        if (--_open == 0)
        {
            _nobodyListens.Cancel();
        }
    }

    private sealed class Line(StreamingDecoder decoder, StopTextFilter filter)
    {
        public StreamingDecoder Decoder => decoder;

        public StopTextFilter Filter => filter;

        public int Tokens { get; set; }

        public bool IsOver { get; set; }
    }
}
