namespace SEAS.Training.Measures.Refusals;

/// <summary>How an answer was read, and by which words.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Refusing">The refusing phrases found, in their order, as the answer has them but for case and quote signs.</param>
/// <param name="Helping">The phrases that give help, likewise; what is offered instead of what was asked for is not among them.</param>
public sealed record RefusalReading(RefusalKind Kind, IReadOnlyList<string> Refusing, IReadOnlyList<string> Helping)
{
    /// <summary>Anything refusing is in it.</summary>
    public bool Refuses => Kind != RefusalKind.Complied;
}
