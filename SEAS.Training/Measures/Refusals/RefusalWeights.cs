using System.Reflection;

namespace SEAS.Training.Measures.Refusals;

/// <summary>Weights of the two regressions, one number for each feature.</summary>
/// <param name="Refuses">Of refusing at all.</param>
/// <param name="Helps">Of helping all the same, among answers that refuse.</param>
internal sealed record RefusalWeights(float[] Refuses, float[] Helps)
{
    private const string Resource = "SEAS.Training.Measures.Refusals.weights.bin";

    /// <summary>The weights that come with the program.</summary>
    /// <exception cref="InvalidDataException">They are of another number of features: they were fitted by other code.</exception>
    public static RefusalWeights Shipped()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)
            ?? throw new InvalidDataException($"The program lacks its resource {Resource}; build it again.");
        return Read(stream);
    }

    /// <summary>The logistic function of the weighted sum.</summary>
    public static double Probability(float[] weights, IReadOnlyDictionary<int, double> features) =>
        1 / (1 + Math.Exp(-features.Sum(feature => weights[feature.Key] * feature.Value)));

    /// <summary>Reads what <see cref="Write"/> wrote: the number of features, then (place, two half-precision numbers) for each that
    /// weighs something.</summary>
    /// <exception cref="InvalidDataException">The number of features is another.</exception>
    public static RefusalWeights Read(Stream stream)
    {
        using var reader = new BinaryReader(stream);
        var features = reader.ReadInt32();
        if (features != RefusalFeatures.Count)
        {
            throw new InvalidDataException(
                $"The refusal reader's weights are for {features} features, the program has {RefusalFeatures.Count}. "
                + "Fit them again: ./seas study refusals --write FILE.");
        }

        var weights = new RefusalWeights(new float[features], new float[features]);
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var place = reader.ReadUInt16();
            weights.Refuses[place] = (float)reader.ReadHalf();
            weights.Helps[place] = (float)reader.ReadHalf();
        }

        return weights;
    }

    /// <summary>Writes the weights; those below a thousandth are left out.</summary>
    public void Write(Stream stream)
    {
        var kept = Enumerable.Range(0, Refuses.Length).Where(place => Math.Abs(Refuses[place]) >= 0.001f || Math.Abs(Helps[place]) >= 0.001f)
            .ToList();
        using var writer = new BinaryWriter(stream);
        writer.Write(Refuses.Length);
        writer.Write(kept.Count);
        foreach (var place in kept)
        {
            writer.Write((ushort)place);
            writer.Write((Half)Refuses[place]);
            writer.Write((Half)Helps[place]);
        }
    }
}
