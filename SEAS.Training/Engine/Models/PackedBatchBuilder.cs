namespace SEAS.Training.Engine.Models;

/// <summary>Collects the numbers of a packed batch, row by row, before they become tensors.</summary>
internal sealed class PackedBatchBuilder
{
    public List<long> Ids { get; } = [];

    public List<long> Positions { get; } = [];

    public List<PackedRow> Rows { get; } = [];

    public List<long> AnswerPositions { get; } = [];

    public List<long> AnswerTargets { get; } = [];

    public List<long> AnswerBranches { get; } = [];

    public List<int> AnswerLengths { get; } = [];

    public void AddSequence(int[] ids, int firstPosition)
    {
        var start = Ids.Count;
        Append(ids, firstPosition);
        Predict(ids.AsSpan(Math.Min(1, ids.Length)), before: start, start + 1);
        Close(new PackedRow(start, 0, [ids.Length]));
    }

    public void AddTree(int[] prefix, IReadOnlyList<int[]> branches)
    {
        var start = Ids.Count;
        var lengths = new int[branches.Count];
        Append(prefix, 0);
        for (var i = 0; i < branches.Count; i++)
        {
            var branch = branches[i];
            var branchStart = Ids.Count;
            lengths[i] = Math.Max(0, branch.Length - 1);
            Append(branch.AsSpan(0, lengths[i]), prefix.Length);
            if (prefix.Length > 0)
            {
                Predict(branch, before: start + prefix.Length - 1, branchStart);
            }
            else
            {
                Predict(branch.AsSpan(Math.Min(1, branch.Length)), before: branchStart, branchStart + 1);
            }
        }

        Close(new PackedRow(start, prefix.Length, lengths));
    }

    private void Append(ReadOnlySpan<int> ids, int position)
    {
        foreach (var id in ids)
        {
            Ids.Add(id);
            Positions.Add(position++);
        }
    }

    /// <summary>The first target is predicted by the token at <paramref name="before"/>, the others by those from <paramref name="start"/>
    /// on.</summary>
    private void Predict(ReadOnlySpan<int> targets, int before, int start)
    {
        for (var i = 0; i < targets.Length; i++)
        {
            AnswerPositions.Add(i == 0 ? before : start + i - 1);
            AnswerTargets.Add(targets[i]);
            AnswerBranches.Add(AnswerLengths.Count);
        }

        AnswerLengths.Add(targets.Length);
    }

    private void Close(PackedRow row)
    {
        if (row.Length > 0)
        {
            Rows.Add(row);
        }
    }
}
