using SEAS.Training.Engine.Models;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Generation;

/// <summary>Answers that are sampled together, from their prompts' pass to the last stop.</summary>
internal sealed class GenerationWave
{
    /// <summary>Prompt tokens per pass: bounds the memory of the feed-forward part.</summary>
    private const int PrefillTokens = 1024;

    private readonly LlamaModel _model;
    private readonly PagePool _pages;
    private readonly IReadOnlyList<GenerationRequest> _requests;
    private readonly IReadOnlySet<int> _stopIds;
    private readonly ITokenChoice _choice;
    private readonly bool _onDevice;
    private readonly GrowingAnswer[][] _answers;

    /// <param name="model">The model.</param>
    /// <param name="pages">Memory for keys and values of a model on the CPU.</param>
    /// <param name="requests">Prompts, each with its answers' streams.</param>
    /// <param name="settings">How tokens are chosen.</param>
    /// <param name="stopIds">Tokens that end an answer.</param>
    /// <param name="onDevice">Whether keys, values and the choice of tokens stay on the model's device, as on a GPU; a test asks for that on
    /// the CPU too.</param>
    public GenerationWave(
        LlamaModel model, PagePool pages, IReadOnlyList<GenerationRequest> requests, SamplingSettings settings, IReadOnlySet<int> stopIds,
        bool onDevice)
    {
        _model = model;
        _pages = pages;
        _requests = requests;
        _stopIds = stopIds;
        _onDevice = onDevice;
        _choice = onDevice ? new DeviceSampler(settings) : new RowByRowChoice(settings, model.Config.VocabularySize);
        _answers = [.. requests.Select((request, index) => request.Streams
            .Select((stream, sample) => new GrowingAnswer(new SampleSlot(index, sample), stream, Room(request)))
            .ToArray())];

        int Room(GenerationRequest request) =>
            Math.Min(request.MaxNewTokens ?? settings.MaxNewTokens, model.Config.MaxPositions - request.Prompt.Length);
    }

    /// <summary>Runs the wave to its end.</summary>
    public Completion[][] Run(Action<int, int, int>? onToken, CancellationToken cancellation)
    {
        using var cache = NewCache();
        Prefill(cache, onToken, cancellation);
        var growing = _answers.SelectMany(answers => answers).Where(answer => !answer.IsFinished).ToList();
        for (var step = 0; growing.Count > 0; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            Decode(cache, growing, step, onToken);
            growing.Where(answer => answer.IsFinished).ToList().ForEach(answer => cache.Release(answer.Slot));
            growing.RemoveAll(answer => answer.IsFinished);
        }

        return [.. _answers.Select(answers => answers.Select(answer => answer.Completion).ToArray())];
    }

    private IDecodingCache NewCache() => !_onDevice
        ? new PagedCache(_model.Config, _pages)
        : new TensorCache(
            _model.Config,
            _model.Device,
            [.. _requests.Select(request => request.Prompt.Length)],
            Math.Max(1, _answers.Max(answers => answers.Length)),
            Math.Max(1, _answers.Max(answers => answers.Max(answer => (int?)answer.Room) ?? 0)));

    /// <summary>Runs all prompts, in passes of bounded size, and samples every answer's first token.</summary>
    private void Prefill(IDecodingCache cache, Action<int, int, int>? onToken, CancellationToken cancellation)
    {
        for (var first = 0; first < _requests.Count;)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = 1;
            for (var tokens = _requests[first].Prompt.Length; first + count < _requests.Count; count++)
            {
                tokens += _requests[first + count].Prompt.Length;
                if (tokens > PrefillTokens)
                {
                    break;
                }
            }

            using var scope = NewDisposeScope();
            using var batch = PackedBatch.FromRows([.. _requests.Skip(first).Take(count).Select(request => request.Prompt)], _model.Device);
            var last = tensor(batch.Rows.Select(row => row.Start + row.Length - 1L).ToArray(), device: _model.Device);
            var hidden = _model.Hidden(batch.Ids, batch.Positions, batch.Length, cache.Prefill(batch, first), last);
            Sample(_answers.AsSpan(first, count).ToArray(), hidden, onToken);
            first += count;
        }
    }

    private void Decode(IDecodingCache cache, List<GrowingAnswer> growing, int step, Action<int, int, int>? onToken)
    {
        using var scope = NewDisposeScope();
        var ids = new long[growing.Count];
        var positions = new long[growing.Count];
        for (var row = 0; row < ids.Length; row++)
        {
            ids[row] = growing[row].Last;
            positions[row] = _requests[growing[row].Slot.Request].Prompt.Length + step;
        }

        var pattern = cache.Decode(growing.ConvertAll(answer => answer.Slot), step);
        var hidden = _model.Hidden(
            tensor(ids, device: _model.Device), tensor(positions, device: _model.Device), (int)positions.Max() + 1, pattern, null);
        Sample([.. growing.Select(answer => (GrowingAnswer[])[answer])], hidden, onToken);
    }

    /// <param name="answers">The answers that each row of <paramref name="hidden"/> continues.</param>
    /// <param name="hidden">(rows, D).</param>
    /// <param name="onToken">Hears of each token that is not a stop.</param>
    private void Sample(GrowingAnswer[][] answers, Tensor hidden, Action<int, int, int>? onToken)
    {
        var rows = answers.SelectMany((row, at) => row.Select(answer => (Answer: answer, Row: at))).ToList();
        var tokens = _choice.Next(_model.Logits(hidden), [.. rows.Select(row => row.Row)], [.. rows.Select(row => row.Answer.Stream)]);
        foreach (var ((answer, _), token) in rows.Zip(tokens))
        {
            if (answer.Take(token, _stopIds.Contains(token)))
            {
                onToken?.Invoke(answer.Slot.Request, answer.Slot.Sample, token);
            }
        }
    }
}
