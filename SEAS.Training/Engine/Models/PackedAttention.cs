using SEAS.Training.Engine.Torch;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Models;

/// <summary>Attention within each row of a packed batch, with gradient.</summary>
/// <remarks>
/// The packed axis is split where the length of its rows changes, so scores have exactly their row's size: no padding, no gather. Rows of
/// one length that follow each other are one product; recipes therefore order a batch by length. A split's backward pass is one
/// concatenation, where slices would each fill the whole axis with zeros.
/// </remarks>
internal sealed class PackedAttention : IAttentionPattern
{
    private readonly LlamaConfig _config;
    private readonly long[] _tokens;    // of each run of rows
    private readonly long[] _rows;      // of each run
    private readonly bool[] _causal;    // of each run: whether its rows are plain sequences
    private readonly Tensor?[] _biases;
    private readonly Tensor?[] _windowBiases;   // for blocks with a sliding window; null for runs that are no longer than it
    private readonly ScalarType _precision;

    /// <param name="batch">The tokens.</param>
    /// <param name="config">Heads and their width.</param>
    /// <param name="precision">What a fused kernel computes in; on the CPU it is float32 always.</param>
    public PackedAttention(PackedBatch batch, LlamaConfig config, ScalarType precision = ScalarType.Float32)
    {
        (_config, _precision) = (config, precision);
        var runs = Runs(batch.Rows);
        _tokens = [.. runs.Select(run => run.Sum(row => (long)row.Length))];
        _rows = [.. runs.Select(run => (long)run.Count)];
        _causal = [.. runs.Select(run => run.TrueForAll(row => row.IsSequence))];
        var known = DotProductAttention.IsFused(batch.Ids.device_type);
        _biases = [.. runs.Select((run, at) => !_causal[at] ? BiasOfEach(run) : known ? null : Bias(run[0]))];

        _windowBiases = [.. runs.Select((run, at) => run[0].Length <= (config.Window ?? int.MaxValue) ? null
            : _causal[at] ? Bias(run[0], config.Window) : BiasOfEach(run, config.Window))];

        Tensor Bias(PackedRow row, int? window = null) =>
            tensor(row.Bias(window), [row.Length, row.Length], device: batch.Ids.device).repeat(config.GroupSize, 1);   // (g·T, T)

        Tensor BiasOfEach(List<PackedRow> run, int? window = null) =>
            cat([.. run.Select(row => Bias(row, window).unsqueeze(0).expand(config.KvHeads, -1, -1))]);           // (R·KvHeads, g·T, T)
    }

    /// <inheritdoc />
    public Tensor Attend(int layer, Tensor turned, Tensor values, Tensor? rows)
    {
        using var scope = NewDisposeScope();
        var turnedRuns = turned.split(_tokens, 0);
        var valueRuns = values.split(_tokens, 0);
        var mixed = new Tensor[_tokens.Length];
        for (var run = 0; run < mixed.Length; run++)
        {
            var parts = turnedRuns[run].split([_config.Heads, _config.KvHeads], 1);       // (R·T, H, hd), (R·T, KvHeads, hd)
            var keys = ByHead(parts[1], run).transpose(-1, -2);                           // (R·KvHeads, hd, T)
            var window = _config.WindowAt(layer) is null ? null : _windowBiases[run];
            mixed[run] = DotProductAttention.Mix(
                _config, parts[0], keys, ByHead(valueRuns[run], run), window ?? _biases[run], _causal[run] && window is null, _precision);
        }

        var all = cat(mixed, 0);                                                          // (N, H·hd)
        return (rows is null ? all : all.Rows(rows)).MoveToOuterDisposeScope();
    }

    /// <summary>(R·T, KvHeads, hd) to (R·KvHeads, T, hd); no copy for one row.</summary>
    private Tensor ByHead(Tensor tokens, int run)
    {
        var (rows, length) = (_rows[run], _tokens[run] / _rows[run]);
        return rows == 1
            ? tokens.permute(1, 0, 2)
            : tokens.view(rows, length, _config.KvHeads, -1).transpose(1, 2).reshape(rows * _config.KvHeads, length, -1);
    }

    private static List<List<PackedRow>> Runs(IReadOnlyList<PackedRow> rows)
    {
        List<List<PackedRow>> runs = [];
        foreach (var row in rows)
        {
            if (runs.Count > 0 && runs[^1][0].Length == row.Length)
            {
                runs[^1].Add(row);
            }
            else
            {
                runs.Add([row]);
            }
        }

        return runs;
    }
}
