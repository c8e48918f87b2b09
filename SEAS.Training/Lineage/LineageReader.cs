using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;

namespace SEAS.Training.Lineage;

/// <summary>Follows a row back to the seed it began with, and on to the weights that it changed.</summary>
/// <remarks>Reads the store alone; what was recorded of a row is shown, nothing is worked out again. For that there is
/// <see cref="Replay"/>.</remarks>
internal sealed class LineageReader
{
    private readonly Dictionary<RowId, LineageLink> _links = [];
    private readonly RunRows _rows;
    private readonly AttackLinks _attack;
    private readonly LabelLinks _labels;
    private readonly TuningLinks _tuning;

    private LineageReader(RunRows rows)
    {
        _rows = rows;
        _attack = new AttackLinks(rows);
        _labels = new LabelLinks(rows);
        _tuning = new TuningLinks(rows);
    }

    /// <summary>The way of a row.</summary>
    /// <exception cref="RowNotFoundException">The store does not hold it.</exception>
    public static LineageChain Of(Store store, RowId id) => Of(RunRows.Open(store, id), id);

    /// <inheritdoc cref="Of(Store, RowId)"/>
    public static LineageChain Of(RunRows rows, RowId id)
    {
        var reader = new LineageReader(rows);
        reader.Follow(id);
        return new LineageChain(id, [.. reader._links.Values]);
    }

    private void Follow(RowId id)
    {
        switch (id)
        {
            case SeedId seed:
                Seed(seed);
                break;
            case PromptId prompt:
                Prompt(prompt);
                break;
            case AnswerId answer:
                Answer(answer);
                break;
            case VerdictId verdict:
                _rows.Require(_rows.Verdict(verdict.On), verdict);
                Answer(verdict.On);
                break;
            case LabelId label:
                Label(label);
                break;
            case PairId pair:
                Pair(pair);
                break;
            case StepId step:
                Add(_tuning.Checkpoint(_rows.Before(step)));
                Add(_tuning.Step(_rows.Require(_rows.Step(step), step)));
                Add(_tuning.Checkpoint(_rows.After(step)));
                break;
            case CheckpointId checkpoint:
                _rows.Require(_rows.Store.Checkpoints.Find(id.Run, checkpoint.Role, checkpoint.Iteration), checkpoint);
                Enumerable.Range(0, checkpoint.Iteration + 1).Select(iteration => checkpoint with { Iteration = iteration }).ToList()
                    .ForEach(ancestor => Add(_tuning.Checkpoint(ancestor)));
                break;
            case SetAnswerId answer:
                var measured = new SetLinks(_rows).Answer(answer);
                Add(_tuning.Checkpoint(answer.By));
                Add(measured);
                break;
            case GeneralRowId row:
                Add(_tuning.General(row));
                Learnt(_rows.Store.Steps.Of(row), row.Role, row.Round);
                break;
            default:
                throw new RowNotFoundException(id, _rows.Store.Folder);
        }
    }

    private void Seed(SeedId seed)
    {
        var prompts = _rows.Prompts(seed);
        Add(_attack.Seed(seed, _rows.Require(prompts.FirstOrDefault(), seed)));
        Add(_tuning.Checkpoint(_rows.Writer(seed)));
        prompts.ToList().ForEach(prompt => Add(_attack.Prompt(prompt)));
    }

    private void Prompt(PromptId id)
    {
        var prompt = Origin(id);
        Add(_tuning.Checkpoint(_rows.Answerer(id)));
        foreach (var response in _rows.Responses(id))
        {
            Add(_attack.Answer(response));
            Judged(AnswerId.Of(id.Run, response), prompt, response);
        }

        AddAll(_labels.Of(id, prompt));
        Pairs(_rows.Store.Lineage.PairsOf(id, prompt.SeedText, prompt.Text));
    }

    private void Answer(AnswerId id)
    {
        var (prompt, response) = Given(id);
        AddAll(_labels.Of(id.To, prompt));
        var pairs = _rows.Store.Lineage.PairsOf(id.To, prompt.SeedText, prompt.Text)
            .Concat(_rows.Store.Lineage.PairsOf(id, prompt.Text, response.Text));
        Pairs(pairs);
    }

    private void Label(LabelId id)
    {
        var decision = _rows.Require(_rows.Store.Lineage.Find(id), id);
        var item = _rows.Require(_rows.Store.Review.Items.Find(decision.Item), id);
        switch (LabelLinks.About(item))
        {
            case AnswerId answer:
                Answer(answer);
                break;
            case PromptId prompt:
                Prompt(prompt);
                break;
        }

        Add(_labels.Link(decision, item));
    }

    private void Pair(PairId id)
    {
        var pair = _rows.Require(_rows.Store.Lineage.Find(id), id);
        foreach (var source in _rows.Sources(pair))
        {
            Back(source);
        }

        Pairs([pair]);
    }

    // What led to a text, without what else was made of it.
    private void Back(RowId id)
    {
        if (id is AnswerId answer)
        {
            Given(answer);
        }
        else if (id is PromptId prompt)
        {
            Origin(prompt);
        }
    }

    private AdversarialPrompt Origin(PromptId id)
    {
        var prompt = _rows.Require(_rows.Store.Lineage.Find(id), id);
        Add(_attack.Seed(id.From, prompt));
        Add(_tuning.Checkpoint(_rows.Writer(id.From)));
        Add(_attack.Prompt(prompt));
        return prompt;
    }

    private (AdversarialPrompt Prompt, TargetResponse Response) Given(AnswerId id)
    {
        var prompt = Origin(id.To);
        var response = _rows.Require(_rows.Responses(id.To).FirstOrDefault(row => row.AnswerIndex == id.Answer), id);
        Add(_tuning.Checkpoint(_rows.Answerer(id.To)));
        Add(_attack.Answer(response));
        Judged(id, prompt, response);
        return (prompt, response);
    }

    private void Judged(AnswerId id, AdversarialPrompt prompt, TargetResponse response)
    {
        if (_rows.Verdict(id) is { } verdict)
        {
            Add(_attack.Verdict(verdict, _labels.InEffect(prompt, response)));
        }

        AddAll(_labels.Of(id, prompt, response));
    }

    private void Pairs(IEnumerable<PreferencePair> pairs)
    {
        foreach (var pair in pairs)
        {
            Add(_tuning.Pair(pair));
            Learnt(_rows.Store.Steps.Of(PairId.Of(_rows.Run.Id, pair)), pair.Role, pair.Round);
        }
    }

    private void Learnt(IReadOnlyList<TuningStep> steps, ModelRole role, int round)
    {
        steps.ToList().ForEach(step => Add(_tuning.Step(step)));
        Add(_tuning.Checkpoint(new CheckpointId(_rows.Run.Id, role, round)));
    }

    private void AddAll(IEnumerable<LineageLink> links) => links.ToList().ForEach(Add);

    private void Add(LineageLink? link)
    {
        if (link is not null)
        {
            _links.TryAdd(link.Id, link);
        }
    }
}
