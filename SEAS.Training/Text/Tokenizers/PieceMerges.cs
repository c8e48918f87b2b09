namespace SEAS.Training.Text.Tokenizers;

/// <summary>The merges that follow from a vocabulary whose tokens have an order: any two that together make a third.</summary>
internal static class PieceMerges
{
    /// <summary>Pairs in the order of the tokens that they make.</summary>
    /// <param name="best">All tokens that merging may make, the best first.</param>
    /// <param name="vocabulary">All tokens that may be parts.</param>
    public static List<(string Left, string Right)> Of(IEnumerable<string> best, IReadOnlyDictionary<string, int> vocabulary)
    {
        List<(string, string)> merges = [];
        foreach (var token in best)
        {
            for (var cut = 1; cut < token.Length; cut++)
            {
                // A pair of surrogates is one character.
                if (!char.IsLowSurrogate(token[cut]) && vocabulary.ContainsKey(token[..cut]) && vocabulary.ContainsKey(token[cut..]))
                {
                    merges.Add((token[..cut], token[cut..]));
                }
            }
        }

        return merges;
    }
}
