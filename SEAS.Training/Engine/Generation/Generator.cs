using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Torch;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Generation;

/// <summary>Samples answers to prompts, in large batches.</summary>
/// <remarks>
/// Prompts run through the model once each; then all their answers grow by one token per pass. Requests are served in waves of similar
/// prompts, so that memory stays bounded; a finished answer leaves its wave at once.
/// </remarks>
public sealed class Generator
{
    private readonly LlamaModel _model;
    private readonly bool _onDevice;
    private readonly PagePool _pages;
    private readonly WaveLimits _limits;

    /// <param name="model">The model; it is not changed and not disposed.</param>
    public Generator(LlamaModel model)
        : this(model, model?.Device.type != TorchSharp.DeviceType.CPU)
    {
    }

    /// <param name="model">The model.</param>
    /// <param name="onDevice">Whether all that grows stays on the model's device, which a GPU needs and a CPU can do.</param>
    internal Generator(LlamaModel model, bool onDevice)
    {
        ArgumentNullException.ThrowIfNull(model);
        (_model, _onDevice, _pages, _limits) = (model, onDevice, new PagePool(model.Config), WaveLimits.Of(GpuMemory.Of(model.Device)));
    }

    /// <summary>Samples every answer of every request.</summary>
    /// <param name="requests">Prompts and their answers' random streams.</param>
    /// <param name="settings">How tokens are chosen, and how many at most.</param>
    /// <param name="stopIds">Tokens that end an answer; they are not a part of it.</param>
    /// <param name="cancellation">Checked before every pass.</param>
    /// <param name="onToken">Called with (request, answer, token) as tokens come, on this thread.</param>
    /// <returns>For each request, in order, its answers, in the order of its streams.</returns>
    /// <exception cref="ArgumentException">A setting is out of range, or a prompt is empty or fills the model's context.</exception>
    public IReadOnlyList<IReadOnlyList<Completion>> Generate(
        IReadOnlyList<GenerationRequest> requests,
        SamplingSettings settings,
        IReadOnlySet<int> stopIds,
        CancellationToken cancellation,
        Action<int, int, int>? onToken = null)
    {
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(stopIds);
        settings.Validate();
        var results = new Completion[requests.Count][];
        using var inference = no_grad();
        foreach (var wave in Waves(requests, settings))
        {
            var completions = new GenerationWave(_model, _pages, [.. wave.Select(request => requests[request])], settings, stopIds, _onDevice)
                .Run(onToken is null ? null : (request, answer, token) => onToken(wave[request], answer, token), cancellation);
            for (var i = 0; i < wave.Count; i++)
            {
                results[wave[i]] = completions[i];
            }
        }

        return results;
    }

    private long BytesPerToken => 2L * sizeof(float) * _model.Config.Layers * _model.Config.KvHeads * _model.Config.HeadSize;

    private IEnumerable<List<int>> Waves(IReadOnlyList<GenerationRequest> requests, SamplingSettings settings)
    {
        List<int> wave = [];
        var rows = 0;
        long bytes = 0;
        foreach (var request in Enumerable.Range(0, requests.Count).OrderByDescending(i => requests[i].Prompt.Length))
        {
            var length = requests[request].Prompt.Length;
            if (length == 0 || length >= _model.Config.MaxPositions)
            {
                throw new ArgumentException(
                    $"Prompt {request} has {length} tokens; it needs at least 1 (begin with the model's first token) "
                    + "and room for an answer "
                    + $"within the model's {_model.Config.MaxPositions} positions. Shorten it, or use a model with a longer context.",
                    nameof(requests));
            }

            var answers = requests[request].Streams.Count;
            var needed = BytesPerToken * (length + (answers * (long)(requests[request].MaxNewTokens ?? settings.MaxNewTokens)));
            if (rows > 0 && (rows + answers > _limits.Rows || bytes + needed > _limits.Bytes))
            {
                yield return wave;
                wave = [];
                rows = 0;
                bytes = 0;
            }

            wave.Add(request);
            rows += answers;
            bytes += needed;
        }

        if (wave.Count > 0)
        {
            yield return wave;
        }
    }
}
