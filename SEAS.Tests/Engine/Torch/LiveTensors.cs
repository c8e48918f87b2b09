namespace SEAS.Tests.Engine.Torch;

/// <summary>Tests that count the live tensors of the whole process: nothing else may run beside them.</summary>
[CollectionDefinition(Alone, DisableParallelization = true)]
public sealed class LiveTensors
{
    public const string Alone = "live tensors, alone";
}
