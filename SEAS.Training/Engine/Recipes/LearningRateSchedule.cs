namespace SEAS.Training.Engine.Recipes;

/// <summary>The learning rate of each step: a linear warm-up, then a half cosine down, or level.</summary>
/// <remarks>
/// <code>
/// s &lt; W:  peak · (s + 1) / W                                   s = step from 0, W = warm-up steps, T = all steps
/// s ≥ W:  peak · (f + (1 − f) · ½ · (1 + cos(π · (s − W) / (T − W))))    f = the share of the peak that the cosine ends on
/// </code>
/// <para>Source: Loshchilov and Hutter 2017, arXiv:1608.03983, eq. 5, for one cycle; warm-up after Goyal et al. 2017, arXiv:1706.02677,
/// section 2.2. Unlike the schedule in the transformers library the first step is not spent at a learning rate of zero.</para>
/// </remarks>
internal sealed class LearningRateSchedule
{
    private readonly double _peak;
    private readonly int _warmup;
    private readonly int _steps;
    private readonly bool _cosine;
    private readonly double _final;

    /// <param name="settings">Validated settings.</param>
    /// <param name="steps">Optimizer steps of the whole training: T.</param>
    public LearningRateSchedule(TrainingSettings settings, int steps)
    {
        _peak = settings.LearningRate;
        _steps = steps;
        _warmup = Math.Min(steps, settings.WarmupSteps > 0 ? settings.WarmupSteps : (int)Math.Ceiling(settings.WarmupRatio * steps));
        _cosine = settings.Cosine;
        _final = settings.FinalLearningRateShare;
    }

    /// <summary>The learning rate of a step counted from 0.</summary>
    public double At(int step)
    {
        if (step < _warmup)
        {
            return _peak * (step + 1) / _warmup;
        }

        if (!_cosine)
        {
            return _peak;
        }

        var done = (double)(step - _warmup) / Math.Max(1, _steps - _warmup);
        return _peak * (_final + (1 - _final) * 0.5 * (1 + Math.Cos(Math.PI * done)));
    }
}
