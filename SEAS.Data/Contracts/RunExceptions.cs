namespace SEAS.Data.Contracts;

/// <summary>No run has this id.</summary>
/// <param name="id">The id that was asked for.</param>
public sealed class RunNotFoundException(RunId id)
    : StoreException($"No run is called {id}. The runs of this data folder are listed on the Runs page.")
{
    /// <summary>The id that was asked for.</summary>
    public RunId Id => id;
}

/// <summary>A run cannot go from where it is to where it was sent.</summary>
/// <param name="id">The run.</param>
/// <param name="from">Where it is.</param>
/// <param name="to">Where it was sent.</param>
public sealed class RunTransitionException(RunId id, RunStatus from, RunStatus to)
    : StoreException($"Run {id} cannot become {to}: it is {from}. {RunTransitions.Advice(from)}")
{
    /// <summary>The run.</summary>
    public RunId Id => id;

    /// <summary>Where it is.</summary>
    public RunStatus From => from;

    /// <summary>Where it was sent.</summary>
    public RunStatus To => to;
}

/// <summary>A run of this id is already there.</summary>
/// <param name="id">The id.</param>
public sealed class RunExistsException(RunId id)
    : StoreException($"A run called {id} is already there. Resume it, or start a run under another name.")
{
    /// <summary>The id.</summary>
    public RunId Id => id;
}

/// <summary>A unit of work is recorded as done; doing it again would repeat work or change what others have read.</summary>
/// <param name="run">The run.</param>
/// <param name="key">The unit.</param>
public sealed class UnitAlreadyDoneException(RunId run, UnitKey key)
    : StoreException($"Run {run} has already finished {key}. A finished unit is never written again; ask the ledger before working.")
{
    /// <summary>The run.</summary>
    public RunId Run => run;

    /// <summary>The unit.</summary>
    public UnitKey Key => key;
}
