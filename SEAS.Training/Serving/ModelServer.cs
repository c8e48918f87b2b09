using System.Runtime.CompilerServices;
using SEAS.Training.ModelFiles;
using static TorchSharp.torch;

namespace SEAS.Training.Serving;

/// <summary>Answers questions to one model, from any thread; a thread of its own holds every tensor.</summary>
/// <remarks>Questions with the same sampling that wait at the same time are answered together, which costs little more than one.</remarks>
public sealed class ModelServer : IDisposable
{
    private const int MostAnswers = 64;      // that grow together
    private const int MostWaiting = 256;     // questions; more are refused rather than kept waiting for ever

    private readonly LinkedList<PendingQuestion> _waiting = [];
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource<ModelFolder> _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;

    /// <param name="folder">The model's folder.</param>
    /// <param name="device">Where it runs.</param>
    /// <param name="chat">A chat format in place of the folder's own; null keeps that.</param>
    /// <param name="origin">Where the base of an adapter's folder lies, if not where the adapter says.</param>
    public ModelServer(string folder, Device device, string? chat = null, string? origin = null)
    {
        _thread = new Thread(() => Work(folder, device, chat, origin)) { IsBackground = true, Name = "seas-served-model" };
        _thread.Start();
    }

    /// <summary>Waits until the model is read; its tokenizer and chat format may be used from any thread.</summary>
    /// <exception cref="CheckpointException">The folder cannot be used.</exception>
    public Task<ModelFolder> LoadedAsync() => _loaded.Task;

    /// <summary>Asks; the pieces of all answers come as they are written.</summary>
    /// <exception cref="ModelBusyException">Too many questions wait already.</exception>
    public async IAsyncEnumerable<ServedPiece> AskAsync(
        ServedQuestion question, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(question);
        question.Sampling.Validate();
        await _loaded.Task.WaitAsync(cancellation);
        var pending = new PendingQuestion(question, cancellation);
        lock (_waiting)
        {
            if (_closing.IsCancellationRequested)
            {
                throw new ModelBusyException("The model is being put away. Ask again later.");
            }

            if (_waiting.Count >= MostWaiting)
            {
                throw new ModelBusyException($"{MostWaiting} questions wait for this model already. Ask again later.");
            }

            _waiting.AddLast(pending);
            Monitor.Pulse(_waiting);
        }

        await foreach (var piece in pending.Pieces.ReadAllAsync(cancellation))
        {
            yield return piece;
        }
    }

    /// <summary>Ends what is being written and frees the weights.</summary>
    public void Dispose()
    {
        _closing.Cancel();
        lock (_waiting)
        {
            Monitor.PulseAll(_waiting);
        }

        _thread.Join();
        _closing.Dispose();
    }

    private void Work(string folder, Device device, string? chat, string? origin)
    {
        try
        {
            using var model = ModelFolder.Load(folder, device, chat, origin);
            _loaded.SetResult(model);
            var generator = new Engine.Generation.Generator(model.Model);
            var stops = model.Chat.StopIds.Concat(model.Tokenizer.EndIds).ToHashSet();
            while (Next() is { Count: > 0 } wave)
            {
                Answer(wave, generator, model, stops);
            }

            EndWaiting();
        }
        catch (Exception error) when (!_loaded.Task.IsCompleted)
        {
            _loaded.SetException(error);   // whoever asks, hears it
        }
    }

    private void Answer(
        List<PendingQuestion> questions, Engine.Generation.Generator generator, ModelFolder model, IReadOnlySet<int> stops)
    {
        try
        {
            using var wave = new ServedWave(questions, model.Tokenizer);
            wave.Run(generator, model, stops, _closing.Token);
        }
        catch (Exception error)
        {
            // One question that the model cannot answer must not end the server: those who wait for it hear why.
            questions.ForEach(question => question.End(error));
        }
    }

    // Nobody is left waiting for a model that is put away.
    private void EndWaiting()
    {
        lock (_waiting)
        {
            foreach (var question in _waiting)
            {
                question.End(new ModelBusyException("The model is being put away. Ask again later."));
            }

            _waiting.Clear();
        }
    }

    /// <summary>The questions to answer next: the first that waits, and those behind it that sample alike. Null when closing.</summary>
    private List<PendingQuestion>? Next()
    {
        lock (_waiting)
        {
            while (_waiting.Count == 0 && !_closing.IsCancellationRequested)
            {
                Monitor.Wait(_waiting);
            }

            if (_closing.IsCancellationRequested)
            {
                return null;
            }

            var first = _waiting.First!.Value;
            List<PendingQuestion> wave = [];
            var answers = 0;
            for (var node = _waiting.First; node is not null;)
            {
                var (current, question) = (node, node.Value);
                node = node.Next;
                var fits = wave.Count == 0 || answers + question.Question.Streams.Count <= MostAnswers;
                if (question.IsAbandoned)
                {
                    _waiting.Remove(current);
                    question.End();
                }
                else if (fits && SamplesAlike(question.Question, first.Question))
                {
                    _waiting.Remove(current);
                    wave.Add(question);
                    answers += question.Question.Streams.Count;
                }
            }

            return wave.Count > 0 ? wave : Next();
        }
    }

    private static bool SamplesAlike(ServedQuestion one, ServedQuestion other) =>
        one.Sampling with { MaxNewTokens = 1 } == other.Sampling with { MaxNewTokens = 1 };
}

/// <summary>Too many questions wait for a model.</summary>
public sealed class ModelBusyException(string message) : Exception(message);
