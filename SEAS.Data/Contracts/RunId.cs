namespace SEAS.Data.Contracts;

/// <summary>Names one run, in the store, in addresses and in folder names.</summary>
/// <remarks><c>embedded-1</c> is the first run of the preset embedded with seed 1, <c>embedded-1-2</c> the second.</remarks>
/// <param name="Value">The name itself.</param>
public readonly record struct RunId(string Value)
{
    /// <summary>The bare name, so that it can be written into texts and paths as it is.</summary>
    public override string ToString() => Value;
}
