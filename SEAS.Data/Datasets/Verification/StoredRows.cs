using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;

namespace SEAS.Data.Datasets.Verification;

/// <summary>Whether the store holds the row that an id names.</summary>
internal static class StoredRows
{
    public static bool Has(Store store, string id) => RowId.TryParse(id) switch
    {
        PromptId prompt => store.Attacks.AnswersTo(prompt.Run, prompt.Round, prompt.Seed, prompt.Prompt).Count > 0,
        AnswerId answer => Has(store, answer) is not null,
        VerdictId verdict => Has(store, verdict.On)?.Score is not null,
        PairId pair => store.Pairs.Load(pair.Run, pair.Round, pair.Role).Any(stored => stored.Index == pair.Pair),
        SetAnswerId answer => store.SetAnswers.Rows(answer.Run, answer.Round, answer.Set, answer.Row, answer.Row).Count > 0,
        CheckpointId checkpoint => store.Checkpoints.Find(checkpoint.Run, checkpoint.Role, checkpoint.Iteration) is not null
            || IsBehindEndpoint(store, checkpoint),
        GeneralRowId general => store.Units.IsDone(general.Run, new(general.Round, RunStage.Pairs, 0)),
        _ => false,
    };

    // Such a model has no checkpoint; that it took part stands in the run's plan.
    private static bool IsBehindEndpoint(Store store, CheckpointId id) => store.Runs.Find(id.Run) is { } run
        && JsonElement.Parse(run.PlanJson).TryGetProperty("Endpoints", out var endpoints)
        && endpoints.TryGetProperty(id.Role.ToString(), out var endpoint) && endpoint.ValueKind == JsonValueKind.Object;

    private static AttackCase? Has(Store store, AnswerId answer) => store.Attacks
        .AnswersTo(answer.Run, answer.Round, answer.Seed, answer.Prompt)
        .FirstOrDefault(stored => stored.AnswerIndex == answer.Answer);
}
