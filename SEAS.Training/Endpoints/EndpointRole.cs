namespace SEAS.Training.Endpoints;

/// <summary>What a model behind an endpoint does in a run.</summary>
public enum EndpointRole
{
    /// <summary>R: writes the attacks, and stays what it is.</summary>
    Red,

    /// <summary>T: is attacked, and stays what it is.</summary>
    Target,

    /// <summary>The guard: judges answers.</summary>
    Judge,
}
