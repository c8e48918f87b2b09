namespace SEAS.Tests.Architecture.Planted.Second;

/// <summary>The other half.</summary>
internal sealed class Two
{
    public First.One? Other { get; init; }
}
