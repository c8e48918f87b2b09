using System.Text.Json;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Training.Inputs;
using SEAS.Training.Pairing;
using SEAS.Training.Review;
using SEAS.Training.Runs.Ledger;
using SEAS.Training.Runs.Plan;

namespace SEAS.Web.Live.Review;

/// <summary>Works out what labels of one run would do to pairs. It chooses whole rounds again, so it is asked beside the page.</summary>
/// <remarks>For one thread at a time.</remarks>
internal sealed class PairOutlook(Store store, RunId run)
{
    // A queue mixes few rounds; a round can be large.
    private const int MostRounds = 3;

    private readonly Dictionary<int, IReadOnlyList<JudgedAttack>> _attacks = [];
    private readonly Dictionary<int, (long Version, EffectiveLabelIndex Book)> _books = [];
    private (RunPlan Plan, Func<AdversarialPrompt, bool> IsFluent)? _rules;
    private bool _isClosed;

    /// <summary>What either label of an item would do; nothing where no pair comes of such items.</summary>
    public OutlookView Of(ReviewCard card)
    {
        var item = card.Item;
        if (item.Source != ReviewSource.Attack || item.Kind != ReviewKind.Answer || Rules() is not { } rules)
        {
            return OutlookView.Nothing;
        }

        var label = new EffectiveLabel(
            item.Key, run, item.Round, item.SeedIndex, item.PromptIndex, item.AnswerIndex, Unsafe: null, Corrected: null, Invalid: false,
            Prompt: null, ReviewState.Agreed, [], []);
        var foreseen = LabelForesight.Of(item.Round, Attacks(item.Round), Book(item.Round), label, rules.Plan, rules.IsFluent);
        var words = new OutlookWords(item, card.Answers);
        var isLate = store.Units.IsDone(run, LedgerUnits.Pairs(item.Round));
        return new OutlookView(Say(foreseen.IfSafe), Say(foreseen.IfUnsafe));

        // What a round that has chosen would lose is lost on it; what it would gain goes to a later one.
        IReadOnlyList<string> Say(IReadOnlyList<PairChange> changes)
        {
            var count = isLate ? [.. changes.Where(change => change.With is not null)] : changes;
            return isLate && count.Count > 0
                ? [.. words.Of(count), FormattableString.Invariant($"Round {item.Round} has chosen its pairs: a later round learns this.")]
                : words.Of(count);
        }
    }

    // A plan that another version wrote may not be readable; then nobody can know.
    private (RunPlan Plan, Func<AdversarialPrompt, bool> IsFluent)? Rules()
    {
        if (_rules is null && !_isClosed)
        {
            try
            {
                var plan = RunPlanText.Read(store.Runs.Get(run).PlanJson);
                _rules = (plan, RunInputs.Fluency(plan));
            }
            catch (JsonException)
            {
                _isClosed = true;
            }
        }

        return _rules;
    }

    private EffectiveLabelIndex Book(int round)
    {
        var version = store.Review.Changes.Version(run);
        if (!_books.TryGetValue(round, out var known) || known.Version != version)
        {
            _books[round] = known = (version, EffectiveLabelIndex.Now(store, run, round, Attacks));
        }

        return known.Book;
    }

    private IReadOnlyList<JudgedAttack> Attacks(int round)
    {
        if (!_attacks.TryGetValue(round, out var attacks))
        {
            if (_attacks.Count == MostRounds)
            {
                _attacks.Clear();
            }

            _attacks[round] = attacks = JudgedAttack.Load(store, run, round);
        }

        return attacks;
    }
}
