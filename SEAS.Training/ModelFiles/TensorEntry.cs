namespace SEAS.Training.ModelFiles;

/// <summary>One tensor's place in a safetensors file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its element type as the file spells it, for example <c>BF16</c>.</param>
/// <param name="Shape">One length per dimension.</param>
/// <param name="Offset">Its first byte, counted from the beginning of the file.</param>
/// <param name="Bytes">How many bytes it has.</param>
internal sealed record TensorEntry(string Name, string Type, long[] Shape, long Offset, long Bytes)
{
    /// <summary>Elements in all.</summary>
    public long Count => Shape.Aggregate(1L, (a, b) => a * b);
}
