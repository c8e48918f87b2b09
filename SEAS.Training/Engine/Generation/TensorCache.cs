using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Torch;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Generation;

/// <summary>Keys and values as padded tensors on the model's device: for accelerators, where one large product beats many small
/// ones.</summary>
/// <remarks>Letters: R requests, M answers to each, P longest prompt, T longest answer.
/// Prompts stand there once, (R, KvHeads, P, hd).</remarks>
internal sealed class TensorCache : IDecodingCache
{
    private readonly LlamaConfig _config;
    private readonly Device _device;
    private readonly int _answers;
    private readonly Tensor[] _promptKeys;
    private readonly Tensor[] _promptValues;
    private readonly Tensor[] _answerKeys;
    private readonly Tensor[] _answerValues;
    private readonly Tensor _promptBias;
    private readonly IReadOnlyList<int> _promptLengths;

    /// <param name="config">The model's sizes.</param>
    /// <param name="device">Where the model is.</param>
    /// <param name="promptLengths">Tokens of each request's prompt.</param>
    /// <param name="answers">M, the most answers that a request has.</param>
    /// <param name="longest">T, the most new tokens that an answer may have.</param>
    public TensorCache(LlamaConfig config, Device device, IReadOnlyList<int> promptLengths, int answers, int longest)
    {
        _config = config;
        _device = device;
        _answers = answers;
        _promptLengths = promptLengths;
        var prompt = promptLengths.Max();
        _promptKeys = Room(promptLengths.Count, prompt);
        _promptValues = Room(promptLengths.Count, prompt);
        _answerKeys = Room(promptLengths.Count * answers, longest);
        _answerValues = Room(promptLengths.Count * answers, longest);
        var bias = new float[promptLengths.Count * prompt];
        for (var request = 0; request < promptLengths.Count; request++)
        {
            bias.AsSpan((request * prompt) + promptLengths[request], prompt - promptLengths[request]).Fill(float.NegativeInfinity);
        }

        _promptBias = tensor(bias, [promptLengths.Count, 1, 1, prompt], device: device).DetachFromDisposeScope();

        Tensor[] Room(int rows, int length) =>
        [
            .. Enumerable.Range(0, config.Layers)
                .Select(_ => zeros(rows, config.KvHeads, length, config.HeadSize, dtype: float32, device: device).DetachFromDisposeScope()),
        ];
    }

    /// <inheritdoc />
    public IAttentionPattern Prefill(PackedBatch prompts, int first) => new PrefillPattern(this, prompts, first);

    /// <inheritdoc />
    public IAttentionPattern Decode(IReadOnlyList<SampleSlot> rows, int step) => new DecodePattern(this, rows, step);

    /// <inheritdoc />
    public void Release(SampleSlot slot)
    {
        // The room is fixed; what a finished answer leaves is never read for another.
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var room in (Tensor[])[.. _promptKeys, .. _promptValues, .. _answerKeys, .. _answerValues, _promptBias])
        {
            room.Dispose();
        }
    }

    private sealed class PrefillPattern(TensorCache cache, PackedBatch prompts, int first) : IAttentionPattern
    {
        private readonly PackedAttention _attention = new(prompts, cache._config);

        public Tensor Attend(int layer, Tensor turned, Tensor values, Tensor? rows)
        {
            using var scope = NewDisposeScope();
            var keys = turned.narrow(1, cache._config.Heads, cache._config.KvHeads);           // (N, KvHeads, hd)
            for (var row = 0; row < prompts.Rows.Count; row++)
            {
                var (start, length) = (prompts.Rows[row].Start, prompts.Rows[row].Length);
                Store(cache._promptKeys[layer], keys);
                Store(cache._promptValues[layer], values);

                void Store(Tensor room, Tensor tokens) =>
                    room.select(0, first + row).narrow(1, 0, length).copy_(tokens.narrow(0, start, length).transpose(0, 1));
            }

            return _attention.Attend(layer, turned, values, rows).MoveToOuterDisposeScope();
        }
    }

    /// <summary>Answers stand on an R × M grid, so that a prompt's answers share one product with it;
    /// the empty places repeat the first row.</summary>
    private sealed class DecodePattern : IAttentionPattern
    {
        private readonly TensorCache _cache;
        private readonly int _step;
        private readonly Tensor _rowOfPlace;
        private readonly Tensor _placeOfRow;
        private readonly (Tensor Prompt, Tensor Own)? _windowBiases;   // 0 or −∞: (R, 1, 1, P) and (t)

        public DecodePattern(TensorCache cache, IReadOnlyList<SampleSlot> rows, int step)
        {
            _cache = cache;
            _step = step;
            var rowOfPlace = new long[cache._answerKeys[0].shape[0]];
            var placeOfRow = new long[rows.Count];
            for (var row = 0; row < rows.Count; row++)
            {
                placeOfRow[row] = (rows[row].Request * cache._answers) + rows[row].Sample;
                rowOfPlace[placeOfRow[row]] = row;
            }

            _rowOfPlace = tensor(rowOfPlace, device: cache._device);
            _placeOfRow = tensor(placeOfRow, device: cache._device);
            _windowBiases = cache._config.Window is { } window ? WindowBiases(window) : null;
        }

        public Tensor Attend(int layer, Tensor turned, Tensor values, Tensor? rows)
        {
            using var scope = NewDisposeScope();
            var config = _cache._config;
            long keyHeads = config.KvHeads, group = config.GroupSize, size = config.HeadSize, answers = _cache._answers;
            var grid = turned.Rows(_rowOfPlace);                                             // (R·M, H + KvHeads, hd)
            Append(_cache._answerKeys[layer], grid.narrow(1, config.Heads, keyHeads));
            Append(_cache._answerValues[layer], values.Rows(_rowOfPlace));
            var queries = (grid.narrow(1, 0, config.Heads) / Math.Sqrt(size)).view(-1, answers, keyHeads, group, size);  // (R, M, K, g, hd)

            var shared = queries.permute(0, 2, 1, 3, 4).reshape(-1, answers * group, size);             // (R·K, M·g, hd)
            var sharedKeys = _cache._promptKeys[layer].flatten(0, 1);                                   // (R·K, P, hd)
            var onPrompt = bmm(shared, sharedKeys.transpose(1, 2))
                .view(-1, keyHeads, answers * group, sharedKeys.shape[1]).add_(_cache._promptBias);     // (R, K, M·g, P)
            var ownKeys = _cache._answerKeys[layer].narrow(2, 0, _step + 1).flatten(0, 1);              // (R·M·K, t, hd)
            var onOwn = bmm(queries.reshape(-1, group, size), ownKeys.transpose(1, 2))
                .view(-1, answers, keyHeads, group, _step + 1).transpose(1, 2)
                .reshape(-1, keyHeads, answers * group, _step + 1);                                     // (R, K, M·g, t)

            if (config.WindowAt(layer) is not null && _windowBiases is { } window)
            {
                (onPrompt, onOwn) = (onPrompt.add_(window.Prompt), onOwn.add_(window.Own));
            }

            var weights = cat([onPrompt, onOwn], -1).softmax(-1).split([sharedKeys.shape[1], _step + 1], -1);
            var fromPrompt = bmm(weights[0].reshape(-1, answers * group, sharedKeys.shape[1]), _cache._promptValues[layer].flatten(0, 1))
                .view(-1, keyHeads, answers, group, size).transpose(1, 2);                              // (R, M, K, g, hd)
            var ownWeights = weights[1].view(-1, keyHeads, answers, group, _step + 1).transpose(1, 2).reshape(-1, group, _step + 1);
            var fromOwn = bmm(ownWeights, _cache._answerValues[layer].narrow(2, 0, _step + 1).flatten(0, 1))
                .view(-1, answers, keyHeads, group, size);                                              // (R, M, K, g, hd)
            return (fromPrompt + fromOwn).reshape(-1, config.Heads * size).Rows(_placeOfRow).MoveToOuterDisposeScope();

            void Append(Tensor room, Tensor tokens) => room.select(2, _step).copy_(tokens);
        }

        // A token at position p sees those from p + 1 − window on; an answer's tokens follow its own prompt's length.
        private (Tensor Prompt, Tensor Own) WindowBiases(int window)
        {
            var lengths = _cache._promptLengths;
            var prompt = _cache._promptBias.shape[3];
            var onPrompt = new float[lengths.Count * prompt];
            for (var request = 0; request < lengths.Count; request++)
            {
                var hidden = (int)Math.Clamp(lengths[request] + _step + 1L - window, 0, prompt);
                onPrompt.AsSpan((int)(request * prompt), hidden).Fill(float.NegativeInfinity);
            }

            var onOwn = new float[_step + 1];
            onOwn.AsSpan(0, Math.Clamp(_step + 1 - window, 0, _step + 1)).Fill(float.NegativeInfinity);
            return (tensor(onPrompt, [lengths.Count, 1, 1, prompt], device: _cache._device), tensor(onOwn, device: _cache._device));
        }
    }
}
