using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Training.Measures.Grouping;
using SEAS.Training.Measures.Refusals;
using SEAS.Training.Pairing;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.Review;

/// <summary>A round as the rules look at it.</summary>
/// <param name="Run">The run.</param>
/// <param name="Round">The round.</param>
/// <param name="Attacks">Its attacks, with the verdicts in effect.</param>
/// <param name="Before">Those of the round before; empty in the first.</param>
/// <param name="Unscored">Answers that the guard gave no score.</param>
/// <param name="Rule">What it was judged by; null for the usual threshold.</param>
internal sealed record ReviewRound(
    RunId Run, int Round, IReadOnlyList<JudgedAttack> Attacks, IReadOnlyList<JudgedAttack> Before,
    IReadOnlyList<(AdversarialPrompt Prompt, TargetResponse Answer)> Unscored, GuardRule? Rule = null)
{
    /// <summary>What its scores stand for.</summary>
    public CalibratedScores Scores { get; } = Rule is null ? CalibratedScores.AsGiven : new CalibratedScores(Rule);
}

/// <summary>Chooses what of a round is shown to people. Pure: the same verdicts give the same items.</summary>
internal static class ReviewCollection
{
    /// <summary>The items of a round's attack. Equal texts are one item, whose label holds for all of them.</summary>
    public static List<ReviewCandidate> Of(ReviewRound round, RunPlan plan, Func<AdversarialPrompt, bool> isFluent)
    {
        var rules = new ReviewRules(plan.Review, round.Before, round.Scores);
        var stake = PairsAtStake.Of(round.Round, round.Attacks, plan, isFluent);
        var prompts = round.Attacks.Where(attack => !attack.Dropped).GroupBy(attack => attack.Prompt.Text, StringComparer.Ordinal)
            .Select(equal => new EqualPrompts([.. equal], equal.Aggregate((first, next) => first.MergedWith(next)))).ToList();

        var answers = prompts.SelectMany(prompt => Answers(round, plan, rules, stake, prompt)).ToList();
        var audit = answers.Where(answer => answer.Place < plan.Review.AuditShare).OrderBy(answer => answer.Place)
            .Select(answer => answer.Candidate.Key()).ToList();
        var ranked = answers.Select(answer => answer.Candidate)
            .Concat(prompts.Select(prompt => Prompt(round, plan, rules, stake, prompt.Merged)))
            .Concat(round.Unscored.Select(unscored => Unscored(round, unscored.Prompt, unscored.Answer)))
            .Where(candidate => candidate.Reasons != ReviewReasons.None)
            .OrderByDescending(candidate => candidate.Value).Take(plan.Review.MaxItemsPerRound).ToList();
        return Grouped(WithAudit(ranked, answers.ConvertAll(answer => answer.Candidate), audit));
    }

    /// <summary>Harmless requests that were refused, to be confirmed or not.</summary>
    /// <param name="run">The run.</param>
    /// <param name="iteration">The target that answered.</param>
    /// <param name="rows">Each request with its subject and the answer to it, in the order of the set.</param>
    public static List<ReviewCandidate> Harmless(RunId run, int iteration, IReadOnlyList<(string Prompt, string Answer)> rows) =>
        Grouped(rows.Select((row, index) => (row, index)).Where(item => RefusalWords.Read(item.row.Answer)?.Refuses == true).Select(item =>
            new ReviewCandidate(
                run, ReviewSource.Harmless, iteration, ReviewKind.Answer, item.index, PromptIndex: 0, AnswerIndex: 0, "Harmless",
                item.row.Prompt, item.row.Answer, Score: null, Unsafe: null, ReviewReasons.OverRefusal, Uncertainty: 0.5, PairsAtStake: 0,
                ReviewOrder.Value(0.5, pairsAtStake: 0), Group: "")));

    private static IEnumerable<(ReviewCandidate Candidate, double Place)> Answers(
        ReviewRound round, RunPlan plan, ReviewRules rules, PairsAtStake stake, EqualPrompts prompt) =>
        from attack in prompt.Each
        from answer in attack.Answers
        let place = AuditShare.Place(plan, round.Round, attack.Prompt.SeedIndex, attack.Prompt.PromptIndex, answer.Index)
        group (attack, answer, place) by answer.Text into equal
        let first = equal.MinBy(copy => copy.place)   // one of several equal answers stands for all of them
        let grounds = rules.Of(prompt.Merged, first.answer)
        let uncertainty = ReviewOrder.Uncertainty(round.Scores.Of(first.answer.Score), round.Scores.Threshold, grounds)
        let pairs = stake.Answer(first.attack.Prompt.Text, first.answer.Text)
        let nearness = stake.Nearness(first.attack.Prompt.Text, first.answer.Text)
        select (new ReviewCandidate(
            round.Run, ReviewSource.Attack, round.Round, ReviewKind.Answer, first.attack.Prompt.SeedIndex, first.attack.Prompt.PromptIndex,
            first.answer.Index, first.attack.Prompt.Category, first.attack.Prompt.Text, first.answer.Text, first.answer.Score,
            first.answer.GuardUnsafe, grounds.Reasons, uncertainty, pairs, ReviewOrder.Value(uncertainty, pairs, nearness), Group: ""),
            first.place);

    private static ReviewCandidate Prompt(ReviewRound round, RunPlan plan, ReviewRules rules, PairsAtStake stake, JudgedAttack attack)
    {
        var pairs = stake.Prompt(attack.Prompt.Text);
        // A label of the prompt settles its answers only where it is harmless: it is worth one of its answers' labels.
        var uncertainty = ReviewOrder.Uncertainty(attack.UnsafeRatio) / Math.Max(1, plan.Attack.AnswersPerPrompt);
        return new ReviewCandidate(
            round.Run, ReviewSource.Attack, round.Round, ReviewKind.Prompt, attack.Prompt.SeedIndex, attack.Prompt.PromptIndex,
            AnswerIndex: -1, attack.Prompt.Category, attack.Prompt.Text, AnswerText: "", Score: null, Unsafe: null, rules.Of(attack),
            uncertainty, pairs, ReviewOrder.Value(uncertainty, pairs), Group: "");
    }

    private static ReviewCandidate Unscored(ReviewRound round, AdversarialPrompt prompt, TargetResponse answer) => new(
        round.Run, ReviewSource.Attack, round.Round, ReviewKind.Answer, prompt.SeedIndex, prompt.PromptIndex, answer.AnswerIndex,
        prompt.Category, prompt.Text, answer.Text, Score: null, Unsafe: null, ReviewReasons.Unscored, Uncertainty: 1, PairsAtStake: 0,
        ReviewOrder.Value(1, pairsAtStake: 0), Group: "");

    // An item with a reason that is drawn too keeps its value and gains the mark; the others of the share are spread among them.
    private static IEnumerable<ReviewCandidate> WithAudit(
        List<ReviewCandidate> ranked, List<ReviewCandidate> answers, List<(int, int, int)> audit)
    {
        var drawn = audit.ToHashSet();
        var shown = ranked.ConvertAll(item => drawn.Contains(item.Key())
            ? item with { Reasons = item.Reasons | ReviewReasons.Audit }
            : item);
        var known = shown.Select(item => item.Key()).ToHashSet();
        var byKey = answers.ToDictionary(item => item.Key());
        return ReviewOrder.Spread(shown, [.. audit.Where(key => !known.Contains(key)).Select(key => byKey[key] with
        {
            Reasons = byKey[key].Reasons | ReviewReasons.Audit,
        })]);
    }

    private static (int Seed, int Prompt, int Answer) Key(this ReviewCandidate item) =>
        (item.SeedIndex, item.PromptIndex, item.AnswerIndex);

    private static List<ReviewCandidate> Grouped(IEnumerable<ReviewCandidate> items)
    {
        var all = items.ToList();
        var groups = NearDuplicates.Of([.. all.Select(item => $"{item.PromptText}\n{item.AnswerText}")]);
        return [.. all.Zip(groups, (item, group) => item with { Group = group })];
    }

    /// <summary>Prompts of one text, each with its own answers, and all of them as one.</summary>
    private sealed record EqualPrompts(IReadOnlyList<JudgedAttack> Each, JudgedAttack Merged);
}
