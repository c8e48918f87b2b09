namespace SEAS.Tests.Architecture.Planted.First;

/// <summary>Half of a circle that a test must notice.</summary>
internal sealed class One
{
    public Second.Two? Other { get; init; }
}
