using SEAS.Training.Measures.Grouping;

namespace SEAS.Training.Measures.Variety;

/// <summary>Texts as vectors without a model: how often each three letters in a row occur, hashed into 1,024 places, of length 1.</summary>
/// <remarks>
/// The hashing trick (Weinberger et al. 2009, arXiv:0902.2206) over letter trigrams of the words in lower case, with a sign from the hash so
/// that places that two trigrams share cancel out on average. It sees wordings, not meanings: two paraphrases are far apart.
/// </remarks>
internal static class HashedNgrams
{
    private const int Places = 1024;
    private const int Letters = 3;

    /// <summary>The vector of a text: 1,024 numbers of length 1, or all 0 for a text without a word.</summary>
    public static float[] Of(string text)
    {
        var letters = $" {string.Join(' ', Words.Of(text))} ";
        var vector = new float[Places];
        for (var at = 0; at + Letters <= letters.Length && letters.Length > 2; at++)
        {
            var hash = 0UL;
            foreach (var letter in letters.AsSpan(at, Letters))
            {
                hash = HashedShingles.Mixed(hash + letter);
            }

            vector[hash % Places] += (hash >> 63) == 0 ? 1 : -1;
        }

        var length = MathF.Sqrt(Dot(vector, vector));
        for (var at = 0; length > 0 && at < Places; at++)
        {
            vector[at] /= length;
        }

        return vector;
    }

    /// <summary>The cosine of the angle between two such vectors, in [−1, 1].</summary>
    public static float Cosine(float[] a, float[] b) => Dot(a, b);

    private static float Dot(float[] a, float[] b)
    {
        var sum = 0f;
        for (var at = 0; at < a.Length; at++)
        {
            sum += a[at] * b[at];   // one after the other: the same on every machine
        }

        return sum;
    }
}
