using SEAS.Data.Contracts;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.Runs.Stages;

/// <summary>A model behind an endpoint, or one that does not learn, stays what it is: what was measured of its first iterate holds for
/// all.</summary>
internal static class FixedModelReuse
{
    /// <summary>The iterate that was measured first of those that are the same model.</summary>
    public static int First(RunPlan plan, ModelRole role, int iteration) => plan.IsFixed(role) ? 0 : iteration;

    /// <summary>The cell that was measured first of those in which the same two models meet.</summary>
    public static (int Red, int Target) First(RunPlan plan, (int Red, int Target) cell) =>
        (First(plan, ModelRole.Red, cell.Red), First(plan, ModelRole.Target, cell.Target));
}
