using SEAS.Training.Engine.Randomness;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.Review;

/// <summary>The random share of a round's answers, by which the guard's quality is estimated.</summary>
/// <remarks>
/// Each answer has a random place that depends on seed and key alone. An answer with a place below the share belongs to it. Labels may
/// come in any order, some of them early because the item was interesting too; so an estimate must use the labelled items only as far as
/// no place before them is open (<see cref="Unbiased"/>).
/// </remarks>
internal static class AuditShare
{
    /// <summary>An answer's random place, in [0, 1).</summary>
    public static double Place(RunPlan plan, int round, int seed, int prompt, int answer) =>
        new RandomStream((ulong)plan.Seed, $"round-{round}/review/audit", seed, prompt, answer).NextDouble();

    /// <summary>The items from which an unbiased estimate can be made: by their places, up to the first that is open.</summary>
    /// <param name="items">The items of one round's random share.</param>
    /// <param name="place">Each item's random place.</param>
    /// <param name="isLabelled">Whether people have settled it.</param>
    public static List<T> Unbiased<T>(IEnumerable<T> items, Func<T, double> place, Func<T, bool> isLabelled) =>
        [.. items.OrderBy(place).TakeWhile(isLabelled)];
}
