using SEAS.Training.Endpoints;

namespace SEAS.Training.Runs.Ledger;

/// <summary>The entry of some seeds' attacks in the ledger.</summary>
/// <param name="Seeds">How many seeds.</param>
/// <param name="Tokens">Tokens that were written.</param>
/// <param name="Red">What R's endpoint was asked; null where R's weights wrote.</param>
/// <param name="Target">What T's endpoint was asked; null where T's weights wrote.</param>
internal sealed record AttackUnit(int Seeds, long Tokens, EndpointUse? Red = null, EndpointUse? Target = null);
