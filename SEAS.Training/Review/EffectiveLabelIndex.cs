using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Training.Pairing;

namespace SEAS.Training.Review;

/// <summary>What people said, by content: a label holds for its own item and for every equal text of the run.</summary>
internal sealed class EffectiveLabelIndex
{
    private readonly Dictionary<(string Prompt, string Answer), EffectiveLabel> _answers = [];
    private readonly Dictionary<string, EffectiveLabel> _prompts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Entry>> _byPrompt = new(StringComparer.Ordinal);
    private readonly List<Entry> _entries = [];

    /// <summary>The labels in here, in the order in which they were added.</summary>
    public IReadOnlyList<EffectiveLabel> All => _entries.ConvertAll(entry => entry.Label);

    /// <summary>The labels of every round up to one, as they stand now; those of later rounds win where texts are equal.</summary>
    public static EffectiveLabelIndex Now(Store store, RunId run, int upTo) =>
        Now(store, run, upTo, round => JudgedAttack.Load(store, run, round));

    /// <summary>The same, for somebody who has the rounds' attacks at hand.</summary>
    public static EffectiveLabelIndex Now(Store store, RunId run, int upTo, Func<int, IReadOnlyList<JudgedAttack>> attacks)
    {
        var book = new EffectiveLabelIndex();
        for (var round = 1; round <= upTo; round++)
        {
            if (store.Review.Decisions.Effective(run, round) is { Count: > 0 } labels)
            {
                book.Add(attacks(round), labels);
            }
        }

        return book;
    }

    /// <summary>The labels that a pair selection used, as it recorded them.</summary>
    public static EffectiveLabelIndex Frozen(Store store, RunId run, IReadOnlyList<EffectiveLabel> labels)
    {
        var book = new EffectiveLabelIndex();
        foreach (var round in labels.GroupBy(label => label.Round).OrderBy(round => round.Key))
        {
            book.Add(JudgedAttack.Load(store, run, round.Key), [.. round]);
        }

        return book;
    }

    /// <summary>Adds the labels of one round; a label whose item is not among the attacks has nothing to act on and is left out.</summary>
    /// <param name="attacks">The round's attacks, which give the labels their texts.</param>
    /// <param name="labels">Labels of the round; of two on equal texts a lead's wins, then the newer item's.</param>
    public void Add(IEnumerable<JudgedAttack> attacks, IReadOnlyList<EffectiveLabel> labels)
    {
        var byKey = attacks.ToDictionary(attack => (attack.Prompt.SeedIndex, attack.Prompt.PromptIndex));
        foreach (var label in labels.OrderBy(label => label.State == ReviewState.Gold).ThenBy(label => label.Item))
        {
            if (!byKey.TryGetValue((label.SeedIndex, label.PromptIndex), out var attack))
            {
                continue;
            }

            var answer = attack.Answers.FirstOrDefault(answer => answer.Index == label.AnswerIndex);
            if (answer is not null || label.AnswerIndex < 0)
            {
                Enter(new Entry(attack.Prompt.Text, answer?.Text, label));
            }
        }
    }

    /// <summary>The same book without one item's label.</summary>
    public EffectiveLabelIndex Without(long item)
    {
        var book = new EffectiveLabelIndex();
        _entries.Where(entry => entry.Label.Item != item).ToList().ForEach(book.Enter);
        return book;
    }

    /// <summary>Whether a pair is about a prompt of which people said something.</summary>
    public bool Concerns(PreferencePair pair) => pair.Role == ModelRole.Target
        ? _byPrompt.ContainsKey(pair.Prompt)
        : _byPrompt.ContainsKey(pair.Chosen) || _byPrompt.ContainsKey(pair.Rejected);

    /// <summary>The labels about these prompts and about answers to them.</summary>
    public EffectiveLabelIndex About(IEnumerable<string> prompts)
    {
        var book = new EffectiveLabelIndex();
        prompts.Distinct(StringComparer.Ordinal).SelectMany(prompt => _byPrompt.GetValueOrDefault(prompt) ?? []).ToList()
            .ForEach(book.Enter);
        return book;
    }

    /// <summary>The label that an answer's text has, or null.</summary>
    public EffectiveLabel? Of(string prompt, string answer) => _answers.GetValueOrDefault((prompt, answer));

    /// <summary>The label that a prompt's text has, or null.</summary>
    public EffectiveLabel? Of(string prompt) => _prompts.GetValueOrDefault(prompt);

    /// <summary>The attacks with people's verdicts over the guard's.</summary>
    public List<JudgedAttack> Apply(IEnumerable<JudgedAttack> attacks) => [.. attacks.Select(Apply)];

    private void Enter(Entry entry)
    {
        _entries.Add(entry);
        if (!_byPrompt.TryGetValue(entry.Prompt, out var about))
        {
            _byPrompt[entry.Prompt] = about = [];
        }

        about.Add(entry);
        if (entry.Answer is { } answer)
        {
            _answers[(entry.Prompt, answer)] = entry.Label;
        }

        if (entry.Answer is null || entry.Label.Invalid || entry.Label.Prompt is not null)
        {
            _prompts[entry.Prompt] = Stronger(_prompts.GetValueOrDefault(entry.Prompt), entry.Label);
        }
    }

    private JudgedAttack Apply(JudgedAttack attack)
    {
        if (_entries.Count == 0)
        {
            return attack;
        }

        var prompt = Of(attack.Prompt.Text);
        return attack with
        {
            Dropped = prompt?.Invalid == true,
            Answers = [.. attack.Answers.Select(answer => Apply(answer, Of(attack.Prompt.Text, answer.Text), prompt))],
        };
    }

    /// <summary>What counts of an answer, null where the guard does: to ask for nothing harmful and to get it is safe, unless a person
    /// says otherwise of the answer.</summary>
    public static bool? Effective(EffectiveLabel? ofAnswer, EffectiveLabel? ofPrompt) =>
        ofAnswer?.Unsafe ?? (ofPrompt?.Prompt == PromptLabel.Harmless ? false : null);

    private static JudgedAnswer Apply(JudgedAnswer answer, EffectiveLabel? label, EffectiveLabel? prompt) => answer with
    {
        Label = Effective(label, prompt),
        Corrected = label?.Corrected,
    };

    // One person may call the prompt invalid and another name what it asks for: both are kept in mind, by the one that says more.
    private static EffectiveLabel Stronger(EffectiveLabel? known, EffectiveLabel label) =>
        known is null || label.Invalid || (!known.Invalid && (label.Prompt is not null || known.Prompt is null)) ? label : known;

    /// <summary>A label with the texts that it is about; a label of a prompt has no answer.</summary>
    private sealed record Entry(string Prompt, string? Answer, EffectiveLabel Label);
}
