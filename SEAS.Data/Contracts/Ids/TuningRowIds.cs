using System.Globalization;

namespace SEAS.Data.Contracts.Ids;

/// <summary>A preference pair.</summary>
/// <param name="Run">The run.</param>
/// <param name="Round">The round that is tuned on it.</param>
/// <param name="Role">Whose pair it is: R's or T's.</param>
/// <param name="Pair">Its place within the round and role, from 0.</param>
public sealed record PairId(RunId Run, int Round, ModelRole Role, int Pair) : RowId(Run)
{
    /// <summary>Names a stored pair.</summary>
    public static PairId Of(RunId run, PreferencePair pair) => new(run, pair.Round, pair.Role, pair.Index);

    /// <inheritdoc/>
    protected override string Place => string.Create(CultureInfo.InvariantCulture, $"r{Round}/{Role.Name()}/{Pair}");
}

/// <summary>An optimizer step.</summary>
/// <param name="Run">The run.</param>
/// <param name="Round">The round.</param>
/// <param name="Role">The model that it tuned.</param>
/// <param name="Step">Its number within the round's tuning, from 1.</param>
public sealed record StepId(RunId Run, int Round, ModelRole Role, int Step) : RowId(Run)
{
    /// <inheritdoc/>
    protected override string Place => string.Create(CultureInfo.InvariantCulture, $"r{Round}/{Role.Name()}/step/{Step}");
}

/// <summary>Weights: R0, T0, R1, …</summary>
/// <param name="Run">The run.</param>
/// <param name="Role">Whose weights.</param>
/// <param name="Iteration">The iterate: 0 after initialization, i after round i.</param>
public sealed record CheckpointId(RunId Run, ModelRole Role, int Iteration) : RowId(Run)
{
    /// <inheritdoc/>
    protected override string Place => string.Create(CultureInfo.InvariantCulture, $"{Role.Name()}-{Iteration}");
}

/// <summary>A plain row that was mixed into a round's tuning.</summary>
/// <param name="Run">The run.</param>
/// <param name="Round">The round.</param>
/// <param name="Role">The model that learnt it.</param>
/// <param name="Row">Its place, from 0.</param>
public sealed record GeneralRowId(RunId Run, int Round, ModelRole Role, int Row) : RowId(Run)
{
    /// <inheritdoc/>
    protected override string Place =>
        string.Create(CultureInfo.InvariantCulture, $"r{Round}/{(Role == ModelRole.Red ? "red/general" : "general")}/{Row}");
}
