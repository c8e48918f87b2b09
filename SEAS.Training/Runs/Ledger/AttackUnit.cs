using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Training.Endpoints;

namespace SEAS.Training.Runs.Ledger;

/// <summary>The entry of some seeds' attacks in the ledger.</summary>
/// <param name="Seeds">How many seeds.</param>
/// <param name="Tokens">Tokens that were written.</param>
/// <param name="Red">What R's endpoint was asked; null where R's weights wrote.</param>
/// <param name="Target">What T's endpoint was asked; null where T's weights wrote.</param>
internal sealed record AttackUnit(int Seeds, long Tokens, EndpointUse? Red = null, EndpointUse? Target = null)
{
    /// <summary>What came of questions to T that got no answer; null where all did, and in runs older than this member.</summary>
    public IReadOnlyList<MissingAnswer>? Missing { get; init; }
}

/// <summary>A question to T that got no answer: its row holds no text that could be judged.</summary>
/// <param name="SeedIndex">The prompt's seed.</param>
/// <param name="PromptIndex">The prompt within its seed.</param>
/// <param name="AnswerIndex">The answer within its prompt.</param>
/// <param name="Outcome">What came of it.</param>
internal sealed record MissingAnswer(int SeedIndex, int PromptIndex, int AnswerIndex, AnswerOutcome Outcome)
{
    /// <summary>Those of a round, from the ledger.</summary>
    public static HashSet<(int Seed, int Prompt, int Answer)> Of(Store store, RunId run, int round) =>
        [.. store.Units.List(run, round, RunStage.Attack).SelectMany(unit => StoredJson.Read<AttackUnit>(unit.ResultJson).Missing ?? [])
            .Select(missing => (missing.SeedIndex, missing.PromptIndex, missing.AnswerIndex))];
}
