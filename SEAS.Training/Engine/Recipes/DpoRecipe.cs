using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Objectives;
using SEAS.Training.Engine.Randomness;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Recipes;

/// <summary>Direct preference optimization: learns to prefer chosen answers to rejected ones, held to a frozen reference.</summary>
/// <remarks>
/// <code>
/// loss = preference(pairs) + c · NLL(chosen, per token) + g · NLL(general rows, per answer token)
/// </code>
/// <para>Preference: <see cref="DpoLoss"/> or <see cref="IpoLoss"/>; NLL: <see cref="NextTokenLoss"/>; c and g: <see
/// cref="DpoSettings"/>. Each term is a mean over its whole optimizer step, so accumulated passes take the same step as one large
/// batch.</para>
/// <para>A pair's prompt is run through the model once for both answers. Runs on the calling thread, which owns every tensor.</para>
/// </remarks>
public static class DpoRecipe
{
    /// <summary>Trains the policy in place.</summary>
    /// <param name="policy">The model; its weights change.</param>
    /// <param name="reference">What it is held to; never changed. As a rule the policy itself, as it was before: with adapters it is asked
    /// without them, and where all weights learn it is asked about every pair before the first step. No copy is needed.
    /// Null holds it to nothing: both answers count as equally probable before.</param>
    /// <param name="pairs">What to prefer to what.</param>
    /// <param name="general">Rows learned as they are, mixed evenly into the batches so that general ability stays. May be empty.</param>
    /// <param name="settings">How.</param>
    /// <param name="order">Where the order of pairs and rows comes from.</param>
    /// <param name="report">Called after every optimizer step.</param>
    /// <param name="cancellation">Checked before every forward pass. The weights are then those of the last whole step; with
    /// adapters, what they were.</param>
    /// <param name="learnt">Gets what adapters learnt, before they are merged; it is the receiver's to free.</param>
    /// <param name="saves">Where the training is kept meanwhile, and taken up; null keeps nothing.</param>
    /// <exception cref="TrainingSettingsException">Settings or examples cannot be used; the message lists every problem.</exception>
    /// <exception cref="TrainingDivergedException">A loss or gradient stopped being finite.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public static void Run(
        LlamaModel policy,
        LlamaModel? reference,
        IReadOnlyList<PreferenceExample> pairs,
        IReadOnlyList<SftExample> general,
        DpoSettings settings,
        RandomStream order,
        Action<StepReport> report,
        CancellationToken cancellation,
        Action<LoraDelta>? learnt = null,
        ITrainingSaves? saves = null)
    {
        TrainingSettingsException.ThrowIfAny(
        [
            .. settings.Problems(),
            .. ExampleProblems.Of(settings, policy.Config),
            .. ExampleProblems.OfWeights(settings, policy),
            .. reference is null ? [] : ExampleProblems.OfReference(policy.Config, reference.Config),
            .. ExampleProblems.Of(pairs, policy.Config.VocabularySize),
            .. ExampleProblems.Of(general, "General row", policy.Config.VocabularySize),
            .. ExampleProblems.NoneOf(pairs.Count, "pairs"),
        ]);

        var room = Truncation.Room(settings, policy.Config);
        var fitted = pairs.Select(pair => Truncation.Fit(pair, room)).ToList();
        var rows = general.Select(row => Truncation.Fit(row, room)).ToList();
        var plan = Plan(policy.Config, pairs, general, settings, order);
        if (settings.Lora is not { } lora)
        {
            Run(policy, reference, fitted, rows, settings, plan, report, cancellation, place: Place());
            return;
        }

        using var adapters = LoraAdapters.Attach(policy, lora, order);
        Run(policy, reference, fitted, rows, settings, plan, report, cancellation, ReferenceEquals(policy, reference) ? adapters : null,
            Place());
        learnt?.Invoke(adapters.Learnt());
        adapters.Merge();

        TrainingPlace Place() => TrainingPlace.Of(saves, plan, settings, order,
        [
            .. fitted.SelectMany(pair => (int[][])[pair.Prompt, pair.Chosen, pair.Rejected]),
            .. rows.SelectMany(TrainingPlace.Sequences),
        ]);
    }

    /// <summary>The steps of a training, planned without doing any of them: which pairs and rows meet in which.</summary>
    internal static BatchPlan Plan(
        LlamaConfig model,
        IReadOnlyList<PreferenceExample> pairs,
        IReadOnlyList<SftExample> general,
        DpoSettings settings,
        RandomStream order)
    {
        var room = Truncation.Room(settings, model);
        return BatchPlan.Create([.. pairs.Select(pair => Truncation.Fit(pair, room).PackedTokens)], general.Count, settings, order);
    }

    /// <summary>Trains on pairs and rows that fit, in the order planned.</summary>
    internal static void Run(
        LlamaModel policy,
        LlamaModel? reference,
        IReadOnlyList<PreferenceExample> pairs,
        IReadOnlyList<SftExample> general,
        DpoSettings settings,
        BatchPlan plan,
        Action<StepReport> report,
        CancellationToken cancellation,
        LoraAdapters? apart = null,
        TrainingPlace? place = null)
    {
        using var update = new WeightUpdate(policy, settings, plan.Steps.Count);
        using var references = new ReferenceLogProbs(reference, pairs, policy.Device, apart);
        place ??= TrainingPlace.Unkept(plan);
        var isItself = ReferenceEquals(policy, reference) && apart is null;
        if (place.TakeUp(State))
        {
            references.Know(plan.Steps.Take(isItself ? plan.Steps.Count : place.Step).SelectMany(step => step.Examples));
        }
        else if (isItself)
        {
            references.AskAll(plan, cancellation);   // while the policy still is what it was
        }

        for (var step = place.Step; step < plan.Steps.Count; step++)
        {
            var planned = plan.Steps[step];
            var totals = StepTotals.Of(planned, pairs, general);
            using var sums = new MetricSums();
            foreach (var pass in planned.Passes)
            {
                place.StopIfAsked(cancellation, State);
                LearnPass(policy, references, pairs, general, pass, settings, totals, sums);
            }

            var (learningRate, gradNorm) = update.Apply(step, sums);
            place.Passed(totals.Tokens);
            var metrics = sums.Means();
            metrics[MetricNames.Loss] = sums.Sum(MetricNames.Loss);
            metrics[MetricNames.LearningRate] = learningRate;
            metrics[MetricNames.GradNorm] = gradNorm;
            metrics[MetricNames.Epoch] = plan.EpochsAfter(step);
            metrics[MetricNames.NumTokens] = place.Tokens;
            report(new StepReport(
                step + 1, plan.Steps.Count, metrics, totals.Tokens, [.. planned.Examples], [.. planned.General]));
            place.SaveIfDue(State);
        }

        IReadOnlyList<(string Name, Tensor Value)> State() => [.. update.State(), .. references.State()];
    }

    private static void LearnPass(
        LlamaModel policy,
        ReferenceLogProbs references,
        IReadOnlyList<PreferenceExample> allPairs,
        IReadOnlyList<SftExample> allGeneral,
        PlannedPass pass,
        DpoSettings settings,
        StepTotals totals,
        MetricSums sums)
    {
        using var scope = NewDisposeScope();
        var pairs = pass.Examples.Select(i => allPairs[i]).ToList();
        var general = pass.General.Select(i => allGeneral[i]).OrderByDescending(row => row.Tokens).ToList();
        var frozen = references.Of(pass.Examples);                                                   // (B), (B)

        // Answers are counted as chosen 0, rejected 0, chosen 1, rejected 1 … and then those of the general rows.
        using var batch = PackedBatch.FromTrees([.. pairs.Select(AsTree), .. general.Select(AsTree)], policy.Device);
        using var through = TrainingPass.Begin(policy, settings.GradientCheckpointing);
        var scores = AnswerScores.Of(policy, batch);                                                                    // (A)
        var (chosen, rejected, rest) = Part(scores.LogProbs);                                                           // (B), (B), (G)
        var learned = new PairLogProbs(chosen, rejected);

        var objective = settings.Objective();
        var dpo = objective.PerToken
            ? objective.Forward(PerToken(learned), PerToken(frozen))
            : objective.Forward(learned, frozen);
        var chosenNll = NextTokenLoss.Forward(chosen, ones_like(chosen), totals.ChosenTokens);                          // ()
        var loss = (dpo.PerPair.sum() / totals.Pairs) + (chosenNll * settings.ChosenNllWeight);                         // ()
        if (totals.GeneralWeight > 0)
        {
            var weights = tensor([.. general.Select(row => (float)row.Weight)], device: policy.Device);                 // (G)
            loss += NextTokenLoss.Forward(rest, weights, totals.GeneralWeight) * settings.GeneralWeight;                // ()
        }

        through.Backward(loss);
        sums.Add(
        [
            (MetricNames.Loss, loss, 1),
            .. DpoMetrics.OfPairs(dpo, learned, frozen),
            .. DpoMetrics.OfTokens(pairs, general, scores, Part),
        ]);

        PairLogProbs PerToken(PairLogProbs sums) => sums.PerToken(
            tensor([.. pairs.Select(pair => (float)pair.Chosen.Length)], device: policy.Device),
            tensor([.. pairs.Select(pair => (float)pair.Rejected.Length)], device: policy.Device));

        (Tensor Chosen, Tensor Rejected, Tensor General) Part(Tensor perToken)
        {
            var perAnswer = SequenceLogProbs.Sum(perToken, batch.AnswerBranches, batch.AnswerLengths.Count);            // (2·B + G)
            var ofPairs = perAnswer.narrow(0, 0, 2 * pairs.Count).view(-1, 2);                                          // (B, 2)
            return (ofPairs.select(1, 0), ofPairs.select(1, 1), perAnswer.narrow(0, 2 * pairs.Count, general.Count));
        }
    }

    private static (int[] Prefix, IReadOnlyList<int[]> Branches) AsTree(PreferenceExample pair) =>
        (pair.Prompt, [pair.Chosen, pair.Rejected]);

    private static (int[] Prefix, IReadOnlyList<int[]> Branches) AsTree(SftExample row) => (row.Prompt, [row.Answer]);
}

/// <summary>What each part of the preference loss is a mean over: counted for the whole optimizer step before its first pass.</summary>
/// <param name="Pairs">Pairs in the step.</param>
/// <param name="ChosenTokens">Tokens of all chosen answers.</param>
/// <param name="GeneralWeight">Sum of the weights of all learned tokens of general rows; 0 without such rows.</param>
/// <param name="Tokens">Tokens trained on.</param>
internal sealed record StepTotals(int Pairs, long ChosenTokens, double GeneralWeight, long Tokens)
{
    /// <summary>Counts one step.</summary>
    public static StepTotals Of(PlannedStep step, IReadOnlyList<PreferenceExample> pairs, IReadOnlyList<SftExample> general) => new(
        step.Examples.Count(),
        step.Examples.Sum(i => (long)pairs[i].Chosen.Length),
        step.General.Sum(i => general[i].Weight * general[i].LearnedTokens),
        step.Examples.Sum(i => (long)pairs[i].Tokens) + step.General.Sum(i => (long)general[i].Tokens));
}
