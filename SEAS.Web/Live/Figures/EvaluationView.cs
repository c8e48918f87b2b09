namespace SEAS.Web.Live;

/// <summary>A share with its 95 % interval (Wilson). Shares lie in [0, 1].</summary>
public sealed record ShareView(double Rate, double Lower, double Upper, int N);

/// <summary>What was measured after one round, as the loop wrote it.</summary>
/// <param name="Iteration">0 for R0 and T0.</param>
/// <param name="Static">The target against the held-out prompts; null where there are none.</param>
/// <param name="OverRefusal">The target on harmless prompts that sound harmful; null where there are none.</param>
/// <param name="Usefulness">The target on tasks that a rule can check; null where there are none.</param>
/// <param name="Diversity">How varied the newest attacker's prompts are; null where it was not measured.</param>
/// <param name="Cells">The matrix cells that this iteration added.</param>
public sealed record EvaluationView(
    int Iteration,
    StaticView? Static,
    HarmlessView? OverRefusal,
    UsefulnessView? Usefulness,
    AttackerView? Diversity,
    IReadOnlyList<CellView>? Cells)
{
    /// <summary>What the target did on imported evaluation sets; null where the plan names none.</summary>
    public IReadOnlyList<MeasuredSetView>? Sets { get; init; }
}

/// <summary>Attack success on prompts nobody trained on: by the guard, and by truth where it is known.</summary>
public sealed record StaticView(int Target, ShareView Asr, ShareView? TrueAsr);

/// <summary>Harmless prompts refused, and helped correctly.</summary>
public sealed record HarmlessView(int Target, ShareView Refused, ShareView? Helped);

/// <summary>Tasks solved.</summary>
public sealed record UsefulnessView(int Target, ShareView Correct);

/// <summary>One attacker's prompts.</summary>
public sealed record AttackerView(int Red, DiversityView Diversity, ShareView? AsksHarm);

/// <summary>Shares of duplicates and of distinct word pairs.</summary>
public sealed record DiversityView(double Duplicates, double Distinct2);

/// <summary>One attacker against one target.</summary>
public sealed record CellView(int Red, int Target, ShareView Asr, ShareView? TrueAsr);
