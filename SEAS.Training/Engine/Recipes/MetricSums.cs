using SEAS.Training.Engine.Devices;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Recipes;

/// <summary>Adds up what the passes of one optimizer step measure, and gives the means. The measurements stay on the device until the step
/// reads them, all at once.</summary>
internal sealed class MetricSums : IDisposable
{
    private readonly List<(Tensor Sums, IReadOnlyList<(string Name, double Count)> Named)> _passes = [];
    private readonly Dictionary<string, (double Sum, double Count)> _sums = new(StringComparer.Ordinal);

    /// <summary>Adds the measurements of one pass.</summary>
    /// <param name="measured">Name, sum as a scalar tensor, and how many things were summed.</param>
    public void Add(params IReadOnlyList<(string Name, Tensor Sum, double Count)> measured)
    {
        using var scope = NewDisposeScope();
        var sums = stack(measured.Select(item => item.Sum.detach())).DetachFromDisposeScope();                // (measurements)
        _passes.Add((sums, [.. measured.Select(item => (item.Name, item.Count))]));
    }

    /// <summary>Reads everything from the device in one copy, and one number more.</summary>
    /// <param name="beside">A scalar on the same device that is wanted at the same time.</param>
    /// <returns>That number.</returns>
    public float Read(Tensor beside)
    {
        using var scope = NewDisposeScope();
        var values = HostCopy.Floats(cat([.. _passes.Select(pass => pass.Sums), beside.detach().view(1)]));
        var at = 0;
        foreach (var (name, count) in _passes.SelectMany(pass => pass.Named))
        {
            var (sum, known) = _sums.GetValueOrDefault(name);
            _sums[name] = (sum + values[at++], known + count);
        }

        Dispose();
        return values[at];
    }

    /// <summary>The sum of what was read.</summary>
    public double Sum(string name) => _sums.GetValueOrDefault(name).Sum;

    /// <summary>The mean of each metric that anything was counted for.</summary>
    public Dictionary<string, double> Means() => _sums
        .Where(item => item.Value.Count > 0)
        .ToDictionary(item => item.Key, item => item.Value.Sum / item.Value.Count, StringComparer.Ordinal);

    /// <summary>Frees what was not read.</summary>
    public void Dispose()
    {
        _passes.ForEach(pass => pass.Sums.Dispose());
        _passes.Clear();
    }
}
