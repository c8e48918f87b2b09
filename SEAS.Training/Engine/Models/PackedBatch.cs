using static TorchSharp.torch;

namespace SEAS.Training.Engine.Models;

/// <summary>Many sequences of different lengths on one axis of N tokens, without padding.</summary>
/// <remarks>
/// Everything but attention treats each token alone, so it runs on (N, D) at once; only attention looks at the rows. A row may be a tree: a
/// prompt whose tokens are there once, and several answers to it, each of which continues the prompt's positions and cannot see the others.
/// The tensors belong to the batch and are freed with it.
/// </remarks>
public sealed class PackedBatch : IDisposable
{
    private PackedBatch(PackedBatchBuilder built, Device device)
    {
        Rows = built.Rows;
        Length = built.Positions.Count == 0 ? 0 : (int)built.Positions.Max() + 1;
        Ids = Own(built.Ids);
        Positions = Own(built.Positions);
        AnswerPositions = Own(built.AnswerPositions);
        AnswerTargets = Own(built.AnswerTargets);
        AnswerBranches = Own(built.AnswerBranches);
        AnswerLengths = built.AnswerLengths;

        Tensor Own(List<long> numbers) => tensor(numbers.ToArray(), device: device).DetachFromDisposeScope();
    }

    /// <summary>Token ids: (N), int64.</summary>
    public Tensor Ids { get; }

    /// <summary>Each token's place in its own sequence, from 0: (N), int64.</summary>
    public Tensor Positions { get; }

    /// <summary>One more than the greatest position.</summary>
    public int Length { get; }

    /// <summary>The sequences and trees, in order. Rows without tokens are left out.</summary>
    public IReadOnlyList<PackedRow> Rows { get; }

    /// <summary>Which tokens predict an answer token: indices on the packed axis, (A), int64.
    /// A prompt's last token may stand here once per branch.</summary>
    public Tensor AnswerPositions { get; }

    /// <summary>The answer tokens that they should predict: (A), int64.</summary>
    public Tensor AnswerTargets { get; }

    /// <summary>Which branch each answer token belongs to, counted through all rows' branches in the order given: (A), int64.</summary>
    public Tensor AnswerBranches { get; }

    /// <summary>Predicted answer tokens per branch; they sum to A.</summary>
    public IReadOnlyList<int> AnswerLengths { get; }

    /// <summary>Packs plain sequences whole; every token but each sequence's first is an answer token.
    /// For looking at a model's output.</summary>
    /// <param name="rows">Token ids of each sequence.</param>
    /// <param name="device">Where the batch's tensors live.</param>
    /// <param name="firstPosition">The position of each sequence's first token: what stands before it elsewhere.</param>
    public static PackedBatch FromRows(IReadOnlyList<int[]> rows, Device device, int firstPosition = 0)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var built = new PackedBatchBuilder();
        foreach (var row in rows)
        {
            built.AddSequence(row, firstPosition);
        }

        return new PackedBatch(built, device);
    }

    /// <summary>Packs prompts with their answers, for a loss on the answers alone.</summary>
    /// <param name="trees">Each prompt (it may be empty: then an answer's first token is not predicted) and its answers.</param>
    /// <param name="device">Where the batch's tensors live.</param>
    /// <remarks>A branch's last token predicts nothing and nobody looks at it, so it is a target only and takes no place on the packed
    /// axis.</remarks>
    public static PackedBatch FromTrees(IReadOnlyList<(int[] Prefix, IReadOnlyList<int[]> Branches)> trees, Device device)
    {
        ArgumentNullException.ThrowIfNull(trees);
        var built = new PackedBatchBuilder();
        foreach (var (prefix, branches) in trees)
        {
            built.AddTree(prefix, branches);
        }

        return new PackedBatch(built, device);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Ids.Dispose();
        Positions.Dispose();
        AnswerPositions.Dispose();
        AnswerTargets.Dispose();
        AnswerBranches.Dispose();
    }
}
