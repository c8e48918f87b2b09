namespace SEAS.Training.Engine.Models;

/// <summary>Some of a model's blocks, by their numbers from 0. Two sets with the same numbers are equal.</summary>
public sealed class LayerSet : IEquatable<LayerSet>
{
    private readonly SortedSet<int> _layers;

    /// <param name="layers">The numbers, in any order.</param>
    public LayerSet(IEnumerable<int> layers) => _layers = [.. layers];

    /// <summary>How many there are.</summary>
    public int Count => _layers.Count;

    /// <summary>The smallest number; null where there is none.</summary>
    public int? First => _layers.Count > 0 ? _layers.Min : null;

    /// <summary>Whether a block is one of them.</summary>
    public bool Contains(int layer) => _layers.Contains(layer);

    /// <inheritdoc/>
    public bool Equals(LayerSet? other) => other is not null && _layers.SetEquals(other._layers);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LayerSet);

    /// <inheritdoc/>
    public override int GetHashCode() => _layers.Aggregate(_layers.Count, HashCode.Combine);

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", _layers);
}
