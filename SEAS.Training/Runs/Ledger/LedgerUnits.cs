using SEAS.Data.Attacks;
using SEAS.Data.Contracts;

namespace SEAS.Training.Runs.Ledger;

/// <summary>The places of a run's units in the ledger. They are stored: a number once given is never given to something else.</summary>
internal static class LedgerUnits
{
    /// <summary>An iteration's target on held-out attack prompts.</summary>
    public static UnitKey StaticPrompts(int iteration) => Measure(iteration, 0);

    /// <summary>An iteration's target on harmless prompts.</summary>
    public static UnitKey Harmless(int iteration) => Measure(iteration, 1);

    /// <summary>An iteration's target on checkable tasks.</summary>
    public static UnitKey Usefulness(int iteration) => Measure(iteration, 2);

    /// <summary>The prompts that an iteration's attacker writes for the matrix.</summary>
    public static UnitKey MatrixPrompts(int iteration) => Measure(iteration, 3);

    /// <summary>The whole evaluation of an iteration.</summary>
    public static UnitKey EvaluationRow(int iteration) => Measure(iteration, 9);

    /// <summary>The frozen datasets of a round.</summary>
    public static UnitKey FrozenDatasets(int round) => Measure(round, 10);

    /// <summary>A round's figures against the limits of the plan.</summary>
    public static UnitKey Gates(int round) => Measure(round, 11);

    /// <summary>One attacker against one target; belongs to the later of the two iterations.</summary>
    public static UnitKey MatrixCell(int red, int target) => Measure(Math.Max(red, target), 1000 + (100 * red) + target);

    /// <summary>Some rows of an imported set.</summary>
    /// <param name="iteration">The target.</param>
    /// <param name="set">The set's place in the plan, from 0.</param>
    /// <param name="part">Which rows of it, from 0; below 10,000.</param>
    public static UnitKey SetPart(int iteration, int set, int part) =>
        Measure(iteration, SetAnswerRepository.FirstUnit + (set * PartsPerSet) + part);

    /// <summary>Whether a unit of an evaluation is some rows of an imported set.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="set">The set's place in the plan, from 0.</param>
    public static bool IsOfSet(UnitKey unit, int set) =>
        unit.Stage == RunStage.Evaluation && unit.Index / PartsPerSet == (SetAnswerRepository.FirstUnit / PartsPerSet) + set;

    /// <summary>The doubtful verdicts of a round were sent to people.</summary>
    public static UnitKey ReviewCollected(int round) => new(round, RunStage.Review, 0);

    /// <summary>A round that waited for people goes on.</summary>
    public static UnitKey ReviewReleased(int round) => new(round, RunStage.Review, 1);

    /// <summary>The preference pairs of a round.</summary>
    public static UnitKey Pairs(int round) => new(round, RunStage.Pairs, 0);

    private const int PartsPerSet = 10_000;

    private static UnitKey Measure(int iteration, int index) => new(iteration, RunStage.Evaluation, index);
}
