using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Training.Endpoints;
using SEAS.Training.Runs.Ledger;

namespace SEAS.Training.Runs.Stages;

/// <summary>What the servers of a round's endpoints said of the models that answered, from the ledger.</summary>
internal static class EndpointRecords
{
    /// <summary>The names, separated by commas; empty where the servers did not say.</summary>
    public static string AnsweredBy(Store store, RunId run, int round, EndpointRole role)
    {
        var stage = role == EndpointRole.Judge ? RunStage.Judge : RunStage.Attack;
        var uses = store.Units.Done(run).Where(key => key.Round == round && key.Stage == stage)
            .Select(key => store.Units.Find(run, key)).OfType<FinishedUnit>().Select(unit => Use(unit, role)).OfType<EndpointUse>();
        return string.Join(", ", uses.SelectMany(use => use.AnsweredBy).Distinct().Order(StringComparer.Ordinal));
    }

    private static EndpointUse? Use(FinishedUnit unit, EndpointRole role) => role switch
    {
        EndpointRole.Judge => StoredJson.Read<JudgedUnit>(unit.ResultJson).Endpoint,
        EndpointRole.Red => StoredJson.Read<AttackUnit>(unit.ResultJson).Red,
        _ => StoredJson.Read<AttackUnit>(unit.ResultJson).Target,
    };
}
