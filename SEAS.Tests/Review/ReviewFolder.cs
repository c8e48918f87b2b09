using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Review;
using SEAS.Tests.Storage;
using SEAS.Training.Review;
using SEAS.Training.Runs.Context;

namespace SEAS.Tests.Review;

/// <summary>A store with one run, and short ways to say what people do in it.</summary>
internal sealed class ReviewFolder : IDisposable
{
    public ReviewFolder()
    {
        At = new StoreFolder();
        Run = At.NewRun().Id;
    }

    public StoreFolder At { get; }

    public RunId Run { get; }

    public ReviewStore Review => At.Store.Review;

    /// <summary>A candidate whose texts say where it is.</summary>
    public ReviewCandidate Candidate(
        int seed, double value = 1, int round = 1, string category = "Role_Play", string group = "", int answer = 0, int prompt = 0) => new(
            Run,
            ReviewSource.Attack,
            round,
            answer < 0 ? ReviewKind.Prompt : ReviewKind.Answer,
            seed,
            prompt,
            answer,
            category,
            $"prompt {round}.{seed}.{prompt}",
            answer < 0 ? "" : $"answer {round}.{seed}.{prompt}.{answer}",
            Score: 0.5,
            Unsafe: true,
            ReviewReasons.Borderline,
            Uncertainty: 0.9,
            PairsAtStake: 2,
            value,
            group);

    /// <summary>Adds items of equal value, one a seed, and gives their keys.</summary>
    public List<long> Add(int count) => Add([.. Enumerable.Range(0, count).Select(seed => Candidate(seed))]);

    public List<long> Add(params ReviewCandidate[] candidates)
    {
        Review.Items.Add(candidates);
        var keys = Review.Items.OfRun(Run).ToDictionary(item => (item.Round, item.SeedIndex, item.PromptIndex, item.AnswerIndex));
        return [.. candidates.Select(c => keys[(c.Round, c.SeedIndex, c.PromptIndex, c.AnswerIndex)].Key)];
    }

    /// <summary>Nobody is asked for a second label, or everybody is.</summary>
    public void Ask(int labels) => Review.Settings.Save(Run, new ReviewSettings { OverlapShare = 0, MinimumSubmissions = labels });

    public ReviewItem Item(long key) => Review.Items.Find(key)!;

    /// <summary>Opens an item and labels it.</summary>
    public Decision Label(long item, string annotator, SafetyLabel safety = SafetyLabel.Unsafe) =>
        Review.Decisions.Record(Submit(Review.Queue.Open(item, annotator)!, safety));

    public static NewDecision Submit(Lease lease, SafetyLabel safety = SafetyLabel.Unsafe) =>
        Decide(lease, DecisionKind.Submit, new LabelAnswers { Safety = safety });

    public static NewDecision Decide(Lease lease, DecisionKind kind, LabelAnswers? answers = null) => new(
        lease.Item.Key,
        lease.Annotator,
        kind,
        answers ?? new LabelAnswers(),
        Seconds: 2.5,
        Reason: null,
        GuidelineVersion: 1,
        SuggestionShown: true,
        DecisionOrigin.Person,
        Batch: null,
        lease.Token);

    public static NewDecision Adjudicate(long item, string lead, SafetyLabel safety) => new(
        item,
        lead,
        DecisionKind.Adjudicate,
        new LabelAnswers { Safety = safety },
        Seconds: 8,
        Reason: "the headline names a method",
        GuidelineVersion: 1,
        SuggestionShown: false,
        DecisionOrigin.Person,
        Batch: null,
        Token: null);

    public void Dispose() => At.Dispose();
}
