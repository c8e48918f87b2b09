namespace SEAS.Training.Engine.Models;

/// <summary>One sequence, or one prompt with several continuations, within a packed batch.</summary>
/// <param name="Start">Index of its first token on the packed axis.</param>
/// <param name="PrefixLength">Tokens that all branches share; 0 or more.</param>
/// <param name="BranchLengths">Tokens of each branch that are in the batch; they follow the prefix, one branch after the other.</param>
public sealed record PackedRow(int Start, int PrefixLength, IReadOnlyList<int> BranchLengths)
{
    /// <summary>Tokens in total.</summary>
    public int Length { get; } = PrefixLength + BranchLengths.Sum();

    /// <summary>True when every token may simply look at all before it.</summary>
    internal bool IsSequence => BranchLengths.Count(length => length > 0) < 2;

    /// <summary>What is added to the scores: 0 where a token may look, −∞ where not; (Length, Length), row by row.</summary>
    /// <remarks>A branch sees the prefix and its own earlier tokens, never another branch.</remarks>
    /// <param name="window">How many tokens a token sees, itself and those right before it in its own sequence; null for all.</param>
    internal float[] Bias(int? window = null)
    {
        var bias = new float[Length * Length];
        Array.Fill(bias, float.NegativeInfinity);
        var branchStart = PrefixLength;
        Open(0, PrefixLength, 0);
        foreach (var length in BranchLengths)
        {
            Open(branchStart, length, branchStart);
            branchStart += length;
        }

        return bias;

        void Open(int start, int length, int own)
        {
            for (var query = start; query < start + length; query++)
            {
                var position = own == 0 ? query : PrefixLength + query - own;
                var first = window is { } most ? Math.Max(0, position + 1 - most) : 0;   // the first position that it sees
                var before = Math.Min(PrefixLength, query + 1);
                bias.AsSpan(query * Length, before)[Math.Min(first, before)..].Clear();
                var skipped = own == 0 ? first : Math.Max(0, first - PrefixLength);
                bias.AsSpan((query * Length) + own, query + 1 - own)[skipped..].Clear();
            }
        }
    }
}
