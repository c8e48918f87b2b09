namespace SEAS.Training.Engine.Recipes;

/// <summary>What each part of the preference loss is a mean over: counted for the whole optimizer step before its first pass.</summary>
/// <param name="Pairs">Pairs in the step.</param>
/// <param name="ChosenTokens">Tokens of all chosen answers.</param>
/// <param name="GeneralWeight">Sum of the weights of all learned tokens of general rows; 0 without such rows.</param>
/// <param name="Tokens">Tokens trained on.</param>
internal sealed record StepTotals(int Pairs, long ChosenTokens, double GeneralWeight, long Tokens)
{
    /// <summary>Counts one step.</summary>
    public static StepTotals Of(PlannedStep step, IReadOnlyList<PreferenceExample> pairs, IReadOnlyList<SftExample> general) => new(
        step.Examples.Count(),
        step.Examples.Sum(i => (long)pairs[i].Chosen.Length),
        step.General.Sum(i => general[i].Weight * general[i].LearnedTokens),
        step.Examples.Sum(i => (long)pairs[i].Tokens) + step.General.Sum(i => (long)general[i].Tokens));
}
