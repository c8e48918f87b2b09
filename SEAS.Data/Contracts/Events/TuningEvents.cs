namespace SEAS.Data.Contracts.Events;

/// <summary>An optimizer step of a tuning.</summary>
/// <param name="Role">The model that is tuned.</param>
/// <param name="Round">The round; 0 before the first.</param>
/// <param name="Step">The step, from 1.</param>
/// <param name="TotalSteps">Steps of the whole tuning.</param>
/// <param name="Values">Numbers by the names of TRL's metrics.</param>
public sealed record MetricsEvent(
    ModelRole Role, int Round, int Step, int TotalSteps, IReadOnlyDictionary<string, double> Values) : IEventPayload
{
    static string IEventPayload.Kind => EventKinds.Metrics;
}

/// <summary>A tuning that an earlier process began goes on after the step that was kept last.</summary>
/// <param name="Role">The model that is tuned.</param>
/// <param name="Round">The round; 0 before the first.</param>
/// <param name="Step">Steps that are done and are not done again.</param>
public sealed record TrainingTakenUpEvent(ModelRole Role, int Round, int Step) : IEventPayload
{
    static string IEventPayload.Kind => EventKinds.TrainingTakenUp;
}

/// <summary>Weights were written.</summary>
/// <param name="Role">Whose.</param>
/// <param name="Iteration">The iterate, from 0.</param>
/// <param name="Folder">Where, from the data folder.</param>
/// <param name="Sha256">Checksum of the weights, as 64 hexadecimal digits.</param>
public sealed record CheckpointEvent(ModelRole Role, int Iteration, string Folder, string Sha256) : IEventPayload
{
    static string IEventPayload.Kind => EventKinds.Checkpoint;
}
