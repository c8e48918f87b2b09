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
    internal float[] Bias()
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
                bias.AsSpan(query * Length, PrefixLength).Slice(0, Math.Min(PrefixLength, query + 1)).Clear();
                bias.AsSpan((query * Length) + own, query + 1 - own).Clear();
            }
        }
    }
}
