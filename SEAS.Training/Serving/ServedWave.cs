using SEAS.Training.Engine.Generation;
using SEAS.Training.ModelFiles;
using SEAS.Training.Text.Tokenizers;

namespace SEAS.Training.Serving;

/// <summary>Questions that are answered together, and what has come of each answer.</summary>
internal sealed class ServedWave : IDisposable
{
    private readonly IReadOnlyList<PendingQuestion> _questions;
    private readonly Tokenizer _tokenizer;
    private readonly Dictionary<(int Question, int Answer), Line> _lines = [];
    private readonly CancellationTokenSource _nobodyListens = new();
    private int _open;

    public ServedWave(IReadOnlyList<PendingQuestion> questions, Tokenizer tokenizer)
    {
        (_questions, _tokenizer) = (questions, tokenizer);
        for (var question = 0; question < questions.Count; question++)
        {
            for (var answer = 0; answer < questions[question].Question.Streams.Count; answer++, _open++)
            {
                _lines[(question, answer)] = Open(questions[question].Question);
            }
        }
    }

    /// <summary>Answers all questions, on the calling thread.</summary>
    public void Run(Generator generator, ModelFolder folder, IReadOnlySet<int> stopIds, CancellationToken closing)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(closing, _nobodyListens.Token);
        foreach (var ((question, answer), line) in _lines)
        {
            if (line.Opening.Length > 0)
            {
                _questions[question].Send(new ServedPiece(answer, line.Opening, null, 0));
            }

            if (_questions[question].Question.WritesNothing)
            {
                Close(question, answer, line, line.Decoder.Flush(), AnswerEnd.Length);
            }
        }

        Write(generator, folder, stopIds, cancellation.Token, closing);
        foreach (var ((question, answer), line) in _lines.Where(entry => entry.Value.Last is not null && !_questions[entry.Key.Question].IsAbandoned))
        {
            _questions[question].Send(line.Last! with { Places = Places(question, line, folder, closing) });
        }

        foreach (var question in _questions)
        {
            question.End();
        }
    }

    public void Dispose() => _nobodyListens.Dispose();

    private Line Open(ServedQuestion question)
    {
        var decoder = _tokenizer.Stream();
        var before = question.Continues || question.Echoes ? string.Concat(question.Prompt.Select(decoder.Push)) : string.Empty;
        return new Line(decoder, new StopTextFilter(question.StopTexts), question.Echoes ? before : string.Empty);
    }

    private void Write(
        Generator generator, ModelFolder folder, IReadOnlySet<int> stopIds, CancellationToken cancellation, CancellationToken closing)
    {
        var writing = Enumerable.Range(0, _questions.Count).Where(question => !_questions[question].Question.WritesNothing).ToList();
        var requests = writing.Select(question => _questions[question].Question).Select(question =>
            new GenerationRequest(question.Prompt, question.Streams)
            {
                MaxNewTokens = Math.Min(question.Sampling.MaxNewTokens, folder.Model.Config.MaxPositions - question.Prompt.Length),
            }).ToList();
        if (requests.Count == 0)
        {
            return;
        }

        try
        {
            var completions = generator.Generate(
                requests, _questions[0].Question.Sampling, stopIds, cancellation, (place, answer, token) => Take(writing[place], answer, token));
            foreach (var ((question, answer), line) in _lines.Where(entry => !entry.Value.IsOver))
            {
                var rest = line.Filter.Push(line.Decoder.Flush()) + line.Filter.Flush();
                var ended = completions[writing.IndexOf(question)][answer].Stopped || line.Filter.IsStopped ? AnswerEnd.Stop : AnswerEnd.Length;
                Close(question, answer, line, rest, ended);
            }
        }
        catch (OperationCanceledException) when (!closing.IsCancellationRequested)
        {
            // Every answer is over or nobody waits for it.
        }
    }

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

        line.Ids.Add(token);
        var text = line.Filter.Push(line.Decoder.Push(token));
        if (line.Filter.IsStopped)
        {
            Close(question, answer, line, text, AnswerEnd.Stop);
        }
        else if (text.Length > 0)
        {
            line.Length += text.Length;
            _questions[question].Send(new ServedPiece(answer, text, null, line.Ids.Count));
        }
    }

    private void Close(int question, int answer, Line line, string rest, AnswerEnd ended)
    {
        line.IsOver = true;
        line.Length += rest.Length;
        var last = new ServedPiece(answer, rest, ended, line.Ids.Count);
        if (_questions[question].Question.Likeliest is null)
        {
            _questions[question].Send(last);
        }
        else
        {
            line.Last = last;   // its probabilities are read when all are written
        }

        if (--_open == 0)
        {
            _nobodyListens.Cancel();
        }
    }

    private IReadOnlyList<TokenPlace> Places(int question, Line line, ModelFolder folder, CancellationToken cancellation)
    {
        var asked = _questions[question].Question;
        int[] ids = [.. asked.Prompt, .. Kept(asked, line)];
        return new TokenReader(folder.Model).Read(ids, asked.Echoes ? 0 : asked.Prompt.Length, asked.Likeliest!.Value, cancellation);
    }

    // A text that ended the answer is no part of it, so neither are the tokens that hold nothing else.
    private IEnumerable<int> Kept(ServedQuestion asked, Line line)
    {
        if (!line.Filter.IsStopped)
        {
            return line.Ids;
        }

        var again = Open(asked).Decoder;
        var (kept, length) = (0, 0);
        while (kept < line.Ids.Count && length < line.Length)
        {
            length += again.Push(line.Ids[kept++]).Length;
        }

        return line.Ids.Take(kept);
    }

    private sealed class Line(StreamingDecoder decoder, StopTextFilter filter, string opening)
    {
        public StreamingDecoder Decoder => decoder;

        public StopTextFilter Filter => filter;

        /// <summary>The prompt's text where it is repeated.</summary>
        public string Opening => opening;

        public List<int> Ids { get; } = [];

        /// <summary>Characters of the answer so far.</summary>
        public int Length { get; set; }

        /// <summary>The last piece, while its probabilities are missing.</summary>
        public ServedPiece? Last { get; set; }

        public bool IsOver { get; set; }
    }
}
