using SEAS.Training.Engine.Randomness;

namespace SEAS.Training.Engine.Recipes;

/// <summary>Which examples meet in which forward pass of which optimizer step, for a whole training, decided before it starts.</summary>
/// <param name="Steps">The optimizer steps in order.</param>
internal sealed record BatchPlan(IReadOnlyList<PlannedStep> Steps)
{
    // Examples are sorted by length within this many steps' worth of shuffled examples, as Hugging Face's LengthGroupedSampler does:
    // batches become even, while which examples meet still changes from epoch to epoch.
    private const int StepsSortedTogether = 50;

    /// <summary>Plans a training: every example once per epoch, in an order that depends on the random stream alone.</summary>
    /// <param name="lengths">Tokens of each example. A pass is ordered by them: attention takes neighbours of one length together.</param>
    /// <param name="general">How many general rows to spread evenly over the passes of each epoch; 0 for none.</param>
    /// <param name="settings">Validated settings.</param>
    /// <param name="order">Where the order comes from.</param>
    public static BatchPlan Create(IReadOnlyList<int> lengths, int general, TrainingSettings settings, RandomStream order)
    {
        var steps = new List<PlannedStep>();
        for (var epoch = 0; epoch < settings.Epochs; epoch++)
        {
            var passes = Passes(lengths, settings, order);
            var withGeneral = Spread(passes, Shuffled(general, order));
            steps.AddRange(withGeneral.Chunk(settings.Accumulation).Select(pass => new PlannedStep(epoch, pass)));
        }

        return new BatchPlan(steps);
    }

    /// <summary>Plans one epoch in the order given, batch by batch: for work whose batches are fixed.</summary>
    public static BatchPlan InOrder(int examples, int batchSize) =>
        new([.. Enumerable.Range(0, examples).Chunk(batchSize).Select(batch => new PlannedStep(0, [new PlannedPass(batch, [])]))]);

    /// <summary>Epochs done after a step counted from 0, with a fraction.</summary>
    public double EpochsAfter(int step) => Steps.Count == 0 ? 0 : (step + 1.0) * (Steps[^1].Epoch + 1) / Steps.Count;

    private static List<int[]> Passes(IReadOnlyList<int> lengths, TrainingSettings settings, RandomStream order)
    {
        var perStep = settings.BatchSize * settings.Accumulation;
        var shuffled = Shuffled(lengths.Count, order);
        if (!settings.GroupByLength)
        {
            return [.. shuffled.Chunk(settings.BatchSize).Select(batch => batch.OrderByDescending(example => lengths[example]).ToArray())];
        }

        // LINQ's ordering is stable, so equal lengths keep their shuffled order. The one step that is not full stays last.
        var full = new List<int[]>();
        int[]? rest = null;
        foreach (var together in shuffled.Chunk(perStep * StepsSortedTogether))
        {
            foreach (var step in together.OrderByDescending(example => lengths[example]).Chunk(perStep))
            {
                if (step.Length == perStep)
                {
                    full.Add(step);
                }
                else
                {
                    rest = step;
                }
            }
        }

        order.Shuffle(full);
        return [.. (rest is null ? full : [.. full, rest]).SelectMany(step => step.Chunk(settings.BatchSize))];
    }

    private static IEnumerable<PlannedPass> Spread(List<int[]> passes, int[] general)
    {
        for (var i = 0; i < passes.Count; i++)
        {
            var from = (int)((long)general.Length * i / passes.Count);
            var to = (int)((long)general.Length * (i + 1) / passes.Count);
            yield return new PlannedPass(passes[i], general[from..to]);
        }
    }

    private static int[] Shuffled(int count, RandomStream order)
    {
        var indices = Enumerable.Range(0, count).ToArray();
        order.Shuffle(indices);
        return indices;
    }
}

/// <summary>One optimizer step.</summary>
/// <param name="Epoch">Counted from 0.</param>
/// <param name="Passes">Its forward passes; gradients add up over them.</param>
internal sealed record PlannedStep(int Epoch, IReadOnlyList<PlannedPass> Passes)
{
    /// <summary>Indices of all examples of the step.</summary>
    public IEnumerable<int> Examples => Passes.SelectMany(pass => pass.Examples);

    /// <summary>Indices of all general rows of the step.</summary>
    public IEnumerable<int> General => Passes.SelectMany(pass => pass.General);
}

/// <summary>One forward and backward pass.</summary>
/// <param name="Examples">Indices of examples.</param>
/// <param name="General">Indices of general rows mixed in.</param>
internal sealed record PlannedPass(int[] Examples, int[] General);
