using SEAS.Training.Engine.Models;
using static TorchSharp.torch;

namespace SEAS.Training.Lab.Benchmarks;

/// <summary>One block's keys and values of all tokens so far, in memory that is taken once.</summary>
/// <param name="config">The model's sizes.</param>
/// <param name="rows">B, texts that grow together.</param>
/// <param name="room">How long they may become, in tokens.</param>
internal sealed class EagerCache(LlamaConfig config, int rows, int room)
{
    private readonly Tensor _keys = empty(rows, config.Heads, room, config.HeadSize);
    private readonly Tensor _values = empty(rows, config.Heads, room, config.HeadSize);
    private long _length;

    /// <summary>Adds the newest tokens' keys and values, each (B, H, T, head width).</summary>
    /// <returns>Those of all tokens so far: (B, H, keys, head width).</returns>
    public (Tensor Keys, Tensor Values) Append(Tensor keys, Tensor values)
    {
        var count = keys.shape[2];
        _keys.narrow(2, _length, count).copy_(keys);
        _values.narrow(2, _length, count).copy_(values);
        _length += count;
        return (_keys.narrow(2, 0, _length), _values.narrow(2, 0, _length));
    }
}
