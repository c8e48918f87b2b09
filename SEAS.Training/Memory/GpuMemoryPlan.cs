using SEAS.Training.Engine.Models;
using SEAS.Training.ModelFiles;

namespace SEAS.Training.Memory;

/// <summary>What a run takes of a GPU's memory: R, T and the guard with all that the work of each stage needs.</summary>
/// <remarks>Counted, not measured: no GPU was at hand. Weights, gradients, optimizer and caches are exact, activations an estimate.</remarks>
/// <param name="Red">R's work: writing, then tuning.</param>
/// <param name="Target">T's.</param>
/// <param name="Guard">The guard's.</param>
public sealed record GpuMemoryPlan(IReadOnlyList<MemoryNeed> Red, IReadOnlyList<MemoryNeed> Target, IReadOnlyList<MemoryNeed> Guard)
{
    /// <summary>CUDA's own context, its libraries' kernels and cuBLAS's working space: an estimate.</summary>
    public const long Context = 1L << 30;

    /// <summary>The share of a card that is left free, because libtorch's allocator cannot use every gap.</summary>
    public const double Reserve = 0.05;

    /// <summary>Which base each of R, T and the guard computes with; equal numbers share one.</summary>
    public (int Red, int Target, int Guard) Bases { get; init; } = (0, 1, 2);

    /// <summary>Three models of one size, as in the paper: R and T are tuned, the guard reads.</summary>
    /// <param name="model">Their sizes.</param>
    /// <param name="lora">Adapters, or null where all weights learn.</param>
    /// <param name="weights">How matrices are kept.</param>
    /// <param name="promptTokens">Tokens of an adversarial prompt.</param>
    /// <param name="answerTokens">Tokens of an answer.</param>
    /// <param name="gpu">The card's memory, in bytes.</param>
    public static GpuMemoryPlan OfThree(
        LlamaConfig model, LoraSettings? lora, WeightPrecision weights, int promptTokens, int answerTokens, long gpu)
    {
        // One pair a pass, its passes added up; activations computed again: what large models are tuned with.
        var tuning = ModelMemory.Tuning(
            model, 1, promptTokens + (2 * answerTokens), 2 * answerTokens, lora, checkpointing: true, weights, gpu: true);
        var writing = ModelMemory.Attack(model, promptTokens, answerTokens, 5, weights, gpu);
        var judging = ModelMemory.Attack(model, promptTokens + answerTokens, 1, 1, weights, gpu);
        return new([writing, tuning], [writing, tuning], [judging]);
    }

    /// <summary>The most that is needed at any time.</summary>
    /// <param name="arrangement">Which models are there at once.</param>
    /// <returns>Bytes, with <see cref="Context"/>.</returns>
    public long Peak(GpuArrangement arrangement)
    {
        var models = new[] { (Base: Bases.Red, Needs: Red), (Base: Bases.Target, Needs: Target), (Base: Bases.Guard, Needs: Guard) }
            .Where(model => model.Needs.Count > 0).ToList();
        return Context + models.SelectMany(own => own.Needs.Select(need => need.OnDevice + Waiting(own.Base))).DefaultIfEmpty(0).Max();

        long Waiting(int acting) => arrangement == GpuArrangement.OneAtATime
            ? 0
            : models.Where(model => model.Base != acting).DistinctBy(model => model.Base).Sum(model => model.Needs[0].Weights);
    }

    /// <summary>The most comfortable arrangement that fits; null where none does.</summary>
    /// <param name="gpu">The card's memory, in bytes.</param>
    public GpuArrangement? Fitting(long gpu) => Enum.GetValues<GpuArrangement>()
        .Where(arrangement => Peak(arrangement) <= (1 - Reserve) * gpu)
        .Select(arrangement => (GpuArrangement?)arrangement)
        .FirstOrDefault();
}
