using SEAS.Data;
using SEAS.Data.Attacks;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;
using SEAS.Training.Endpoints;
using SEAS.Training.Runs.Ledger;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.Lineage;

/// <summary>A run's rows by id, and which weights wrote them.</summary>
internal sealed class RunRows
{
    private RunRows(Store store, Run run, IReplayParts? parts)
    {
        (Store, Run) = (store, run);
        Plan = RunPlanText.Read(run.PlanJson);
        Parts = parts ?? new StoredParts(this);
    }

    public Store Store { get; }

    public Run Run { get; }

    public RunPlan Plan { get; }

    /// <summary>What the rows were made with.</summary>
    public IReplayParts Parts { get; }

    /// <summary>The rows of the run that an id names.</summary>
    /// <param name="store">The store.</param>
    /// <param name="id">A row of the run.</param>
    /// <param name="parts">What the rows were made with, if that is not in the store too.</param>
    /// <exception cref="RowNotFoundException">The store has no such run.</exception>
    public static RunRows Open(Store store, RowId id, IReplayParts? parts = null) =>
        new(store, store.Runs.Find(id.Run) ?? throw new RowNotFoundException(id, store.Folder), parts);

    public T Require<T>(T? row, RowId id)
        where T : class => row ?? throw new RowNotFoundException(id, Store.Folder);

    /// <summary>The unit of work that a seed was done in.</summary>
    public int Unit(int seed) => seed / Plan.Attack.SeedsPerUnit;

    /// <summary>What a model's endpoint was asked in the unit of work of a seed; null where its weights wrote.</summary>
    public EndpointUse? Asked(ModelRole role, SeedId seed)
    {
        if (Plan.Endpoints.Of(role) is null
            || Store.Units.Find(Run.Id, new UnitKey(seed.Round, RunStage.Attack, Unit(seed.Seed))) is not { } unit)
        {
            return null;
        }

        var done = StoredJson.Read<AttackUnit>(unit.ResultJson);
        return role == ModelRole.Red ? done.Red : done.Target;
    }

    public IReadOnlyList<AdversarialPrompt> Prompts(SeedId seed) =>
        Store.Lineage.Prompts(Run.Id, seed.Round, seed.Seed, seed.Seed + 1);

    public IReadOnlyList<TargetResponse> Responses(PromptId prompt) =>
        [.. Store.Lineage.Responses(Run.Id, prompt.Round, prompt.Seed, prompt.Seed + 1)
            .Where(response => response.PromptIndex == prompt.Prompt)];

    public Verdict? Verdict(AnswerId answer) => Store.Lineage.Verdicts(Run.Id, answer.Round, answer.Seed, answer.Seed + 1)
        .FirstOrDefault(verdict => verdict.PromptIndex == answer.Prompt && verdict.AnswerIndex == answer.Answer);

    public TuningStep? Step(StepId id) => Store.Steps.OfRound(Run.Id, id.Round, id.Role).FirstOrDefault(step => step.Step == id.Step);

    /// <summary>R as it wrote a seed's prompts.</summary>
    public CheckpointId Writer(SeedId seed) => new(Run.Id, ModelRole.Red, seed.Round - 1);

    /// <summary>T as it answered a prompt.</summary>
    public CheckpointId Answerer(PromptId prompt) => new(Run.Id, ModelRole.Target, prompt.Round - 1);

    /// <summary>The weights that a step's tuning began with.</summary>
    public CheckpointId Before(StepId step) => new(Run.Id, step.Role, step.Round - 1);

    /// <summary>The weights that a step's tuning ended with.</summary>
    public CheckpointId After(StepId step) => new(Run.Id, step.Role, step.Round);

    /// <summary>The rows that a pair's chosen and rejected text came from; none where its source cannot be read.</summary>
    public IReadOnlyList<RowId> Sources(PreferencePair pair)
    {
        try
        {
            var (chosen, rejected) = PairSource.Of(pair);
            return [Row(chosen, pair.Prompt, pair.Chosen), Row(rejected, pair.Prompt, pair.Rejected)];
        }
        catch (FormatException)
        {
            return [];   // written by another version; the pair's texts are shown all the same
        }
    }

    private RowId Row(PairSource source, string prompt, string text)
    {
        var from = new PromptId(Run.Id, source.Round, source.Seed, source.Prompt);
        return source.Answer is { } answer ? Answer(from.Answer(answer), source.IsCorrected ? null : text, prompt) : from;
    }

    // Runs older than GivenTo name, for an answer to an equal prompt, the first of the equal prompts: the text says which it was.
    private AnswerId Answer(AnswerId named, string? text, string prompt)
    {
        bool Is(TargetResponse response) => text is null || response.Text == text;
        if (Responses(named.To).Any(response => response.AnswerIndex == named.Answer && Is(response)))
        {
            return named;
        }

        var equal = Store.Attacks.Prompts(Run.Id, named.Round).Where(row => row.Text == prompt)
            .SelectMany(row => Responses(PromptId.Of(Run.Id, row)))
            .FirstOrDefault(response => response.AnswerIndex == named.Answer && Is(response));
        return equal is null ? named : AnswerId.Of(Run.Id, equal);
    }
}
