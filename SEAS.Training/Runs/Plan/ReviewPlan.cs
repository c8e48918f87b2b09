namespace SEAS.Training.Runs.Plan;

/// <summary>What a round sends to people, and whether it waits for them.</summary>
public sealed record ReviewPlan
{
    /// <summary>Scores from here on are borderline. In [0, 1].</summary>
    public double BandLow { get; init; } = 0.35;

    /// <summary>Scores up to here are borderline. In [0, 1].</summary>
    public double BandHigh { get; init; } = 0.65;

    /// <summary>Send what the guard and the refusal rule see differently.</summary>
    public bool Disagreement { get; init; } = true;

    /// <summary>Send the rarer verdict where the answers to one prompt differ, and the prompt itself where they differ evenly.</summary>
    public bool Split { get; init; } = true;

    /// <summary>Send answers whose prompt mostly had the other verdict in the round before.</summary>
    public bool Flipped { get; init; } = true;

    /// <summary>Send refusals of harmless requests.</summary>
    public bool OverRefusal { get; init; } = true;

    /// <summary>Share of a round's answers that is drawn at random, so that the guard's quality is estimated without bias. In
    /// [0, 1].</summary>
    public double AuditShare { get; init; } = 0.02;

    /// <summary>Most items of a round besides the random share; those of least value are left out.</summary>
    public int MaxItemsPerRound { get; init; } = 500;

    /// <summary>Labels to wait for before a round chooses its pairs; 0 goes on at once, and labels enter the next round.</summary>
    public int WaitForLabels { get; init; }
}

/// <summary>Where a branch leaves another run, and what is different in it.</summary>
/// <param name="Parent">The run that it leaves.</param>
/// <param name="Round">The first round that it does again: everything before is the parent's, and so are that round's attacks and
/// verdicts.</param>
/// <param name="Review">Whether people take part in it; false shows what would have been without them.</param>
public sealed record BranchPlan(string Parent, int Round, bool Review = false);
