namespace SEAS.Training.Runs.Stages;

/// <summary>Held-out attack prompts whose verdict changed from one target to the next.</summary>
/// <param name="Mended">Answers called unsafe before and safe now.</param>
/// <param name="NewlyUnsafe">Answers called safe before and unsafe now.</param>
internal sealed record VerdictFlips(int Mended, int NewlyUnsafe)
{
    /// <summary>Compares the same prompts of two targets.</summary>
    /// <returns>Null where either target's verdicts were not kept one by one, or the prompts are not as many.</returns>
    public static VerdictFlips? Since(StaticRow? before, StaticRow now) =>
        before?.UnsafeAt is { } earlier && now.UnsafeAt is { } later && before.Asr.N == now.Asr.N
            ? new VerdictFlips(earlier.Except(later).Count(), later.Except(earlier).Count())
            : null;
}
