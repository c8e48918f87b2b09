namespace SEAS.Training.Engine.Torch;

/// <summary>A large tensor as a row of smaller ones: what is computed from it in another type then takes the memory of one piece.</summary>
internal static class FlatPieces
{
    private const long Numbers = 1 << 24;   // 64 MiB in float32; a thousandth of the largest models' weights

    /// <summary>First number and length of each piece.</summary>
    public static IEnumerable<(long First, long Length)> Of(long count)
    {
        for (var first = 0L; first < count; first += Numbers)
        {
            yield return (first, Math.Min(Numbers, count - first));
        }
    }
}
