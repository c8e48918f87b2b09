using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;
using SEAS.Data.Contracts.Review;
using SEAS.Training.Pairing;
using SEAS.Training.Review;

namespace SEAS.Training.Lineage;

/// <summary>The links that people made. A label is about content, so those on equal texts of the run belong to a row too.</summary>
internal sealed class LabelLinks(RunRows rows)
{
    private EffectiveLabelIndex? _book;

    /// <summary>What a review item is about; null for the harmless set, whose answers are no rows of an attack.</summary>
    public static RowId? About(ReviewItem item)
    {
        if (item.Source != ReviewSource.Attack)
        {
            return null;
        }

        var prompt = new PromptId(item.Run, item.Round, item.SeedIndex, item.PromptIndex);
        return item.Kind == ReviewKind.Prompt ? prompt : prompt.Answer(item.AnswerIndex);
    }

    /// <summary>Labels on an answer.</summary>
    public IEnumerable<LineageLink> Of(AnswerId id, AdversarialPrompt prompt, TargetResponse response) =>
        Of(id, prompt.Text, response.Text);

    /// <summary>Labels on a prompt itself.</summary>
    public IEnumerable<LineageLink> Of(PromptId id, AdversarialPrompt prompt) => Of(id, prompt.Text, "");

    /// <summary>Whether an answer is unsafe by what people say; null where the guard stands.</summary>
    public bool? InEffect(AdversarialPrompt prompt, TargetResponse response)
    {
        _book ??= EffectiveLabelIndex.Now(rows.Store, rows.Run.Id, rows.Plan.Rounds);
        var answer = new JudgedAnswer(response.AnswerIndex, response.Text, response.Stopped, Score: 0, GuardUnsafe: false);
        return _book.Apply([new JudgedAttack(prompt, [answer])])[0].Answers[0].Label;
    }

    /// <summary>One decision.</summary>
    public LineageLink Link(Decision decision, ReviewItem item)
    {
        var later = rows.Store.Review.Decisions.History(decision.Item).FirstOrDefault(other => other.Replaces == decision.Id);
        var said = decision.Answers;
        return new LineageLink(
            new LabelId(decision.Run, decision.Id), LineageKind.Label, About(item) is { } about ? [about] : [],
            [.. Text("note", said.Note), .. Text("corrected answer", said.Corrected), .. Text("reason", decision.Reason)],
            [
                new LineageFact("who", decision.Annotator),
                new LineageFact("when", decision.AtUtc.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture)),
                new LineageFact("what", decision.Kind.ToString()),
                .. LineageFact.If("safety", said.Safety?.ToString()),
                .. LineageFact.If("behaviour", said.Behaviour?.ToString()),
                .. LineageFact.If("prompt", said.Prompt?.ToString()),
                .. LineageFact.If("category", said.Category),
                .. LineageFact.If("style", said.Style),
                .. LineageFact.If("invalid", said.Invalid ? true : null),
                new LineageFact("origin", decision.Origin.ToString()),
                new LineageFact("seconds", decision.Seconds),
                new LineageFact("guideline_version", decision.GuidelineVersion),
                new LineageFact("saw_guard_first", decision.SuggestionShown),
                new LineageFact("stands", later is null),
                .. LineageFact.If("replaced_by", later is null ? null : new LabelId(later.Run, later.Id).ToString()),
            ]);
    }

    private List<LineageLink> Of(RowId id, string prompt, string answer) =>
        [.. rows.Store.Lineage.Items(id.Run, prompt, answer).Where(item => About(item) is not null).SelectMany(item =>
            rows.Store.Review.Decisions.History(item.Key)
                .Where(decision => decision.Kind != DecisionKind.Draft)
                .Select(decision => Link(decision, item)))];

    private static IEnumerable<LineageText> Text(string name, string? text) =>
        string.IsNullOrWhiteSpace(text) ? [] : [new LineageText(name, text)];
}
