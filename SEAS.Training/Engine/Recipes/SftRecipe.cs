using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Objectives;
using SEAS.Training.Engine.Randomness;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Recipes;

/// <summary>Supervised fine-tuning: learns answers by heart, prompt by prompt. With empty prompts, plain next-token training.</summary>
/// <remarks>Loss: <see cref="NextTokenLoss"/>. Runs on the calling thread, which owns every tensor.</remarks>
public static class SftRecipe
{
    /// <summary>Trains the model in place.</summary>
    /// <param name="model">The model; its weights change.</param>
    /// <param name="examples">What to learn.</param>
    /// <param name="settings">How.</param>
    /// <param name="order">Where the order of examples comes from.</param>
    /// <param name="report">Called after every optimizer step.</param>
    /// <param name="cancellation">Checked before every forward pass. The weights are then those of the last whole step; with
    /// adapters, what they were.</param>
    /// <param name="learnt">Gets what adapters learnt, before they are merged; it is the receiver's to free.</param>
    /// <param name="saves">Where the training is kept meanwhile, and taken up; null keeps nothing.</param>
    /// <exception cref="TrainingSettingsException">Settings or examples cannot be used; the message lists every problem.</exception>
    /// <exception cref="TrainingDivergedException">A loss or gradient stopped being finite.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public static void Run(
        LlamaModel model,
        IReadOnlyList<SftExample> examples,
        TrainingSettings settings,
        RandomStream order,
        Action<StepReport> report,
        CancellationToken cancellation,
        Action<LoraDelta>? learnt = null,
        ITrainingSaves? saves = null)
    {
        TrainingSettingsException.ThrowIfAny(
        [
            .. settings.Problems(),
            .. ExampleProblems.Of(settings, model.Config),
            .. ExampleProblems.OfWeights(settings, model),
            .. ExampleProblems.Of(examples, "Example", model.Config.VocabularySize),
            .. ExampleProblems.NoneOf(examples.Count, "examples"),
        ]);

        var room = Truncation.Room(settings, model.Config);
        var rows = examples.Select(example => Truncation.Fit(example, room)).ToList();
        var plan = BatchPlan.Create([.. rows.Select(row => row.Tokens)], general: 0, settings, order);
        using var adapters = settings.Lora is { } lora ? LoraAdapters.Attach(model, lora, order) : null;
        var place = TrainingPlace.Of(saves, plan, settings, order, rows.SelectMany(TrainingPlace.Sequences));
        Run(model, rows, settings, plan, report, cancellation, place);
        if (adapters is not null)
        {
            learnt?.Invoke(adapters.Learnt());
            adapters.Merge();
        }
    }

    /// <summary>Trains on rows that fit, in the order planned.</summary>
    internal static void Run(
        LlamaModel model,
        IReadOnlyList<SftExample> rows,
        TrainingSettings settings,
        BatchPlan plan,
        Action<StepReport> report,
        CancellationToken cancellation,
        TrainingPlace? kept = null)
    {
        using var update = new WeightUpdate(model, settings, plan.Steps.Count);
        var place = kept ?? TrainingPlace.Unkept(plan);
        place.TakeUp(State);
        for (var step = place.Step; step < plan.Steps.Count; step++)
        {
            var planned = plan.Steps[step];
            var totalWeight = planned.Examples.Sum(i => rows[i].Weight * rows[i].LearnedTokens);
            var tokens = planned.Examples.Sum(i => (long)rows[i].Tokens);
            using var sums = new MetricSums();
            foreach (var pass in planned.Passes)
            {
                place.StopIfAsked(cancellation, State);
                LearnPass(model, [.. pass.Examples.Select(i => rows[i])], totalWeight, settings, sums);
            }

            var (learningRate, gradNorm) = update.Apply(step, sums);
            place.Passed(tokens);
            var metrics = sums.Means();
            metrics[MetricNames.Loss] = sums.Sum(MetricNames.Loss);
            metrics[MetricNames.LearningRate] = learningRate;
            metrics[MetricNames.GradNorm] = gradNorm;
            metrics[MetricNames.Epoch] = plan.EpochsAfter(step);
            metrics[MetricNames.NumTokens] = place.Tokens;
            report(new StepReport(step + 1, plan.Steps.Count, metrics, tokens, [.. planned.Examples], [.. planned.General]));
            place.SaveIfDue(State);
        }

        IReadOnlyList<(string Name, Tensor Value)> State() => [.. update.State()];
    }

    private static void LearnPass(
        LlamaModel model, IReadOnlyList<SftExample> rows, double totalWeight, TrainingSettings settings, MetricSums sums)
    {
        using var scope = NewDisposeScope();
        using var batch = PackedBatch.FromTrees([.. rows.Select(row => (row.Prompt, (IReadOnlyList<int[]>)[row.Answer]))], model.Device);
        var weights = tensor([.. rows.Select(row => (float)row.Weight)], device: model.Device);                         // (S)

        using var through = TrainingPass.Begin(model, settings.GradientCheckpointing);
        var scores = AnswerScores.Of(model, batch);                                                                     // (A)
        var answers = SequenceLogProbs.Sum(scores.LogProbs, batch.AnswerBranches, rows.Count);                          // (S)
        var loss = NextTokenLoss.Forward(answers, weights, totalWeight);                                                // ()
        through.Backward(loss);

        var tokens = rows.Sum(row => row.LearnedTokens);
        sums.Add(
            (MetricNames.Loss, loss, 1),
            (MetricNames.MeanTokenAccuracy, scores.Correct.sum(), tokens),
            (MetricNames.Entropy, scores.Entropies.sum(), tokens));
    }
}
