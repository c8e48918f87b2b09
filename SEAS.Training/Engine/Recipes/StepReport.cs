namespace SEAS.Training.Engine.Recipes;

/// <summary>What one optimizer step did. Plain numbers: no tensor leaves the training thread.</summary>
/// <param name="Step">Counted from 1.</param>
/// <param name="TotalSteps">Steps of the whole training.</param>
/// <param name="Metrics">Values by the names that TRL gives them (see <see cref="MetricNames"/>).</param>
/// <param name="Tokens">Tokens trained on in this step: prompt and answer of every sequence, without padding.</param>
/// <param name="Examples">Indices of the pairs, or of the examples, that it learnt.</param>
/// <param name="General">Indices of the general rows mixed in.</param>
public sealed record StepReport(
    int Step, int TotalSteps, IReadOnlyDictionary<string, double> Metrics, long Tokens, IReadOnlyList<int> Examples,
    IReadOnlyList<int> General);
