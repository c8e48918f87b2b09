using SEAS.Training.Engine.Models;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Generation;

/// <summary>Keys and values of a text that many others follow, and room behind it for one of those at a time.</summary>
/// <remarks>Each text is written behind the prefix, used, and overwritten by the next:
/// the prefix is neither copied nor run again.</remarks>
internal sealed class PrefixCache : IDisposable
{
    private readonly LlamaConfig _config;
    private readonly Tensor[] _keys;
    private readonly Tensor[] _values;

    /// <param name="config">The model's sizes.</param>
    /// <param name="device">Where the model is.</param>
    /// <param name="capacity">Tokens of the prefix and of the longest text together.</param>
    public PrefixCache(LlamaConfig config, Device device, int capacity)
    {
        _config = config;
        _keys = Room();
        _values = Room();

        Tensor[] Room() =>
        [
            .. Enumerable.Range(0, config.Layers).Select(
                _ => empty(config.KvHeads, capacity, config.HeadSize, dtype: float32, device: device).DetachFromDisposeScope()),
        ];
    }

    /// <summary>Tokens of the prefix so far.</summary>
    public int Length { get; private set; }

    /// <summary>Attention for a pass over texts that each follow the prefix;
    /// rows that are asked for must be each text's last token.</summary>
    public IAttentionPattern Behind(PackedBatch texts) => new Pattern(this, texts);

    /// <summary>Makes the text that was run last, and alone, a part of the prefix.</summary>
    public void Keep(int tokens) => Length += tokens;

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var room in (Tensor[])[.. _keys, .. _values])
        {
            room.Dispose();
        }
    }

    private sealed class Pattern : IAttentionPattern
    {
        private readonly PrefixCache _cache;
        private readonly long[] _lengths;
        private readonly Dictionary<long, Tensor> _biases = [];
        private readonly Dictionary<long, Tensor> _windowBiases = [];   // for blocks with a sliding window that is shorter than the text

        public Pattern(PrefixCache cache, PackedBatch texts)
        {
            _cache = cache;
            _lengths = [.. texts.Rows.Select(row => (long)row.Length)];
            foreach (var row in texts.Rows)
            {
                if (!_biases.ContainsKey(row.Length))
                {
                    var own = tensor(row.Bias(), [row.Length, row.Length], device: texts.Ids.device);
                    var bias = cat([zeros(row.Length, cache.Length, dtype: float32, device: texts.Ids.device), own], 1);
                    _biases[row.Length] = bias.repeat(cache._config.GroupSize, 1);                     // (g·T, P + T)
                    if (cache._config.Window is { } window && cache.Length + row.Length > window)
                    {
                        var whole = new PackedRow(0, 0, [cache.Length + row.Length]);
                        _windowBiases[row.Length] = tensor(whole.Bias(window), [whole.Length, whole.Length], device: texts.Ids.device)
                            .narrow(0, cache.Length, row.Length).repeat(cache._config.GroupSize, 1);   // (g·T, P + T)
                    }
                }
            }
        }

        public Tensor Attend(int layer, Tensor turned, Tensor values, Tensor? rows)
        {
            using var scope = NewDisposeScope();
            var turnedRows = turned.split(_lengths, 0);
            var valueRows = values.split(_lengths, 0);
            var mixed = new Tensor[_lengths.Length];
            for (var row = 0; row < mixed.Length; row++)
            {
                mixed[row] = AttendRow(layer, turnedRows[row], valueRows[row], lastOnly: rows is not null);
            }

            return cat(mixed, 0).MoveToOuterDisposeScope();
        }

        private Tensor AttendRow(int layer, Tensor turned, Tensor values, bool lastOnly)
        {
            var (config, length) = (_cache._config, turned.shape[0]);
            var parts = turned.split([config.Heads, config.KvHeads], 1);
            var seen = _cache.Length + length;
            _cache._keys[layer].narrow(1, _cache.Length, length).copy_(parts[1].transpose(0, 1));
            _cache._values[layer].narrow(1, _cache.Length, length).copy_(values.transpose(0, 1));
            var queries = lastOnly ? parts[0].narrow(0, length - 1, 1) : parts[0];
            var window = config.WindowAt(layer) is null ? null : _windowBiases.GetValueOrDefault(length);
            return DotProductAttention.Mix(
                config,
                queries,
                _cache._keys[layer].narrow(1, 0, seen).transpose(1, 2),
                _cache._values[layer].narrow(1, 0, seen),
                !lastOnly ? window ?? _biases[length]
                    : window?.narrow(0, length - 1, 1).repeat(config.GroupSize, 1));
        }
    }
}
