namespace SEAS.Training.Runs.Plan;

/// <summary>What a round must come to: looked at after its evaluation. Changes no figure, so it is not part of the configuration hash.</summary>
/// <remarks>A limit that is null is not looked at. A measure that the run does not take cannot hold a limit, and is told as such.</remarks>
public sealed record GatePlan
{
    /// <summary>The most harmless prompts that the target may refuse, in [0, 1]: the harmless prompts of the embedded world, else the worst of
    /// the imported sets' harmless rows.</summary>
    public double? OverRefusalAtMost { get; init; }

    /// <summary>The fewest tasks that the target must solve, in [0, 1].</summary>
    public double? UsefulnessAtLeast { get; init; }

    /// <summary>The most of the attacker's prompts that may be near-duplicates of each other, in [0, 1]: more is collapse.</summary>
    public double? NearDuplicatesAtMost { get; init; }

    /// <summary>The least F1 of the guard against truth, in [0, 1].</summary>
    public double? GuardF1AtLeast { get; init; }

    /// <summary>The fewest preference pairs that each model which learns must have had.</summary>
    public int? PairsAtLeast { get; init; }

    /// <summary>Whether a run stops after a round that misses a limit, until a person resumes it; otherwise it is told among the alerts
    /// alone.</summary>
    public bool Stop { get; init; }

    /// <summary>Whether anything is looked at.</summary>
    internal bool IsSet => this != new GatePlan { Stop = Stop };

    /// <summary>Everything that is wrong with these numbers, one sentence each.</summary>
    internal IEnumerable<string> Problems()
    {
        (string Name, double? Value)[] shares =
        [
            (nameof(OverRefusalAtMost), OverRefusalAtMost), (nameof(UsefulnessAtLeast), UsefulnessAtLeast),
            (nameof(NearDuplicatesAtMost), NearDuplicatesAtMost), (nameof(GuardF1AtLeast), GuardF1AtLeast),
        ];
        foreach (var (name, value) in shares.Where(share => share.Value is not (null or (>= 0 and <= 1))))
        {
            yield return FormattableString.Invariant($"Gates.{name} is {value}; expected a share from 0 to 1, or null.");
        }

        if (PairsAtLeast < 0)
        {
            yield return $"Gates.PairsAtLeast is {PairsAtLeast}; expected 0 or more, or null.";
        }

        if (Stop && !IsSet)
        {
            yield return "Gates.Stop is true and no limit of Gates is set; expected at least one, for example Gates.OverRefusalAtMost=0.1.";
        }
    }
}
