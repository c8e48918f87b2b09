using SEAS.Data.Contracts.Review;
using SEAS.Data.Datasets.Import.Staging;

namespace SEAS.Data.Review.Files;

/// <summary>Gathers what a file adds to what is there, and notes what contradicts it or itself.</summary>
internal sealed class NewLabels(ItemIndex items, IEnumerable<Decision> current, string fileName, ProblemLog problems)
{
    private readonly Dictionary<(long Item, string Annotator, bool Gold), LabelAnswers> _stored = current
        .Where(decision => decision.Kind is DecisionKind.Submit or DecisionKind.Adjudicate)
        .ToDictionary(
            decision => (decision.Item, decision.Kind == DecisionKind.Adjudicate ? "" : decision.Annotator,
                decision.Kind == DecisionKind.Adjudicate),
            decision => decision.Answers);

    private readonly Dictionary<(long Item, string Annotator, bool Gold), LabelRow> _read = [];

    /// <summary>Rows whose item was found.</summary>
    public int Matched { get; private set; }

    /// <summary>Labels that a later one of the same person for the same item took the place of.</summary>
    public int SetAside { get; private set; }

    public void Add(LabelRow row)
    {
        var found = items.Find(row, problems);
        Matched += found.Count > 0 ? 1 : 0;
        var isSetAside = false;
        foreach (var item in found)
        {
            // An item has one lead's label, whoever gave it.
            var gold = row.Kind == DecisionKind.Adjudicate;
            var key = (item, gold ? "" : row.Annotator, gold);
            if (!_read.TryGetValue(key, out var earlier))
            {
                _read.Add(key, row);
            }
            else if (Later(earlier, row) is { } later)
            {
                isSetAside = true;
                _read[key] = later;
            }
            else
            {
                Repeated(earlier, row);
            }
        }

        SetAside += isSetAside ? 1 : 0;
    }

    /// <summary>What is to be stored, with the row that it comes from; notes what the store says otherwise.</summary>
    public List<(int Row, NewDecision Decision)> New()
    {
        var found = new List<(int Row, NewDecision Decision)>();
        foreach (var ((item, annotator, gold), row) in _read)
        {
            if (!_stored.TryGetValue((item, annotator, gold), out var stored))
            {
                found.Add((row.Row, Decision(item, row)));
            }
            else if (stored != row.Answers)
            {
                problems.Add(row.Row, LabelColumns.Annotator, gold
                    ? "expected the lead's label that is stored, found another one"
                    : $"expected one label of {row.Annotator} for an item, but the store holds another one: {Said(stored)}");
            }
        }

        return found;
    }

    // Tools that keep every label of a person say which is the later; where they say no instant, the order of their list does.
    private static LabelRow? Later(LabelRow earlier, LabelRow row) =>
        earlier.Annotator != row.Annotator ? null
        : earlier.Changed is { } before && row.Changed is { } after && before != after && (earlier.IsHistory || earlier.Answers != row.Answers)
            ? (after > before ? row : earlier)
        : earlier.IsHistory && row.IsHistory && earlier.Row == row.Row ? row
        : null;

    private void Repeated(LabelRow earlier, LabelRow row)
    {
        if (earlier.Answers != row.Answers)
        {
            problems.Add(row.Row, LabelColumns.Annotator, FormattableString.Invariant(
                $"expected one label of {row.Annotator} for an item, but row {earlier.Row} has another one: {Said(earlier.Answers)}"));
        }
        else if (earlier.Place == row.Place)
        {
            problems.Add(row.Row, "", FormattableString.Invariant($"expected each row once, but row {earlier.Row} is the same"));
        }
    }

    private static string Said(LabelAnswers answers) => string.Join(", ", new[]
    {
        LabelNames.Written(answers.Safety), LabelNames.Written(answers.Behaviour), LabelNames.Written(answers.Prompt), answers.Category,
        answers.Style, answers.Note, answers.Corrected, answers.Invalid ? LabelColumns.Invalid : null,
    }.Where(said => !string.IsNullOrEmpty(said)));

    private NewDecision Decision(long item, LabelRow row) => new(
        item,
        row.Annotator,
        row.Kind,
        row.Answers,
        row.Seconds,
        FormattableString.Invariant($"{fileName}, row {row.Row}{(row.At is null ? "" : $", of {row.At}")}"),
        GuidelineVersion: 0,
        SuggestionShown: false,
        DecisionOrigin.Import,
        Batch: fileName,
        Token: null);
}
