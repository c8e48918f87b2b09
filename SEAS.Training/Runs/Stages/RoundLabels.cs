using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Datasets.Frozen;
using SEAS.Training.Pairing;
using SEAS.Training.Review;

namespace SEAS.Training.Runs.Stages;

/// <summary>What people say of a round's rows, by content: a label of any round of the run holds for every equal text.</summary>
internal sealed class RoundLabels
{
    private readonly EffectiveLabelIndex _book;
    private readonly Dictionary<long, Decision> _decisions;
    private readonly bool _isEmpty;

    private RoundLabels(
        EffectiveLabelIndex book, Dictionary<long, Decision> decisions, IReadOnlyList<FrozenLabel> ofRound, IReadOnlyList<FrozenDecision> ever)
    {
        (_book, _decisions, OfRound, Ever) = (book, decisions, ofRound, ever);
        _isEmpty = book.All.Count == 0;
    }

    /// <summary>The labels that were given to items of this round, by age.</summary>
    public IReadOnlyList<FrozenLabel> OfRound { get; }

    /// <summary>Everything that was ever decided on items of this round, by age.</summary>
    public IReadOnlyList<FrozenDecision> Ever { get; }

    public static RoundLabels Read(Store store, RunId run, int round, int rounds)
    {
        var standing = store.Review.Decisions.Current(run);
        var decisions = standing
            .Where(decision => decision.Kind is DecisionKind.Submit or DecisionKind.Adjudicate)
            .OrderBy(decision => decision.Id)
            .ToList();
        var ofRound = decisions.Select(decision => new FrozenLabel(store.Review.Items.Find(decision.Item)!, decision))
            .Where(label => label.Item.Round == round)
            .ToList();
        var book = EffectiveLabelIndex.Now(store, run, rounds, of => Labelled(store, run, of));
        return new RoundLabels(
            book, decisions.ToDictionary(decision => decision.Id), ofRound,
            EverDecided(store, run, round, [.. standing.Select(decision => decision.Id)]));
    }

    public AnswerLabel? Of(string prompt, string answer)
    {
        if (_isEmpty)
        {
            return null;
        }

        var (own, ofPrompt) = (_book.Of(prompt, answer), _book.Of(prompt));
        return own is null && ofPrompt is null ? null : new AnswerLabel(
            own?.Unsafe, EffectiveLabelIndex.Effective(own, ofPrompt), ofPrompt?.Invalid == true, own);
    }

    public PromptStanding? Of(string prompt)
    {
        if (_isEmpty || _book.About([prompt]).All is not { Count: > 0 } labels)
        {
            return null;
        }

        var style = labels.SelectMany(label => label.Decisions).Order()
            .Select(decision => _decisions.GetValueOrDefault(decision)?.Answers.Style)
            .LastOrDefault(style => !string.IsNullOrWhiteSpace(style));
        return new PromptStanding(labels.Any(label => label.Unsafe is not null || label.Prompt is not null || label.Invalid), style);
    }

    // To skip an item, to type something or to take either back says nothing of it.
    private static List<FrozenDecision> EverDecided(Store store, RunId run, int round, HashSet<long> standing)
    {
        var said = store.Review.Decisions.OfRound(run, round)
            .Where(decision => decision.Kind is not (DecisionKind.Skip or DecisionKind.Draft))
            .ToList();
        var ids = said.Select(decision => decision.Id).ToHashSet();
        return [.. said.Where(decision => decision.Kind != DecisionKind.Undo || ids.Contains(decision.Replaces ?? 0))
            .Select(decision => new FrozenDecision(
                store.Review.Items.Find(decision.Item)!, decision, standing.Contains(decision.Id)))];
    }

    // Only what has a label: a round of a million answers is not read for a few of them.
    private static List<JudgedAttack> Labelled(Store store, RunId run, int round) =>
        [.. store.Review.Decisions.Effective(run, round).Select(label => (label.SeedIndex, label.PromptIndex)).Distinct()
            .Select(place => store.Attacks.AnswersTo(run, round, place.SeedIndex, place.PromptIndex))
            .Where(answers => answers.Count > 0)
            .Select(JudgedAttack.OfCases)];
}
