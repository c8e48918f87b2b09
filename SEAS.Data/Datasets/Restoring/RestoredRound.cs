using SEAS.Data.Attacks;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;
using SEAS.Data.Datasets.Frozen;

namespace SEAS.Data.Datasets.Restoring;

/// <summary>Puts one round's rows into a store, with the ledger's entries that lineage reads.</summary>
internal sealed class RestoredRound(Store store, RunId run, DatasetManifest manifest, RestoredRows rows)
{
    // A round that an older program froze has no ledger: nothing is known of how its units were done.
    private const string Nothing = "{}";

    private readonly Dictionary<UnitKey, string> _ledger = rows.Units().ToDictionary(unit => unit.Key, unit => unit.ResultJson);

    public void Fill()
    {
        var round = manifest.Round;
        var (attacked, judged, chosen) = (
            new UnitKey(round, RunStage.Attack, 0), new UnitKey(round, RunStage.Judge, 0), new UnitKey(round, RunStage.Pairs, 0));
        store.Attacks.SaveAttackUnit(run, attacked, rows.Prompts(), rows.Responses(), Entry(attacked));
        store.Attacks.SaveVerdictUnit(run, judged, rows.Verdicts(), Entry(judged));
        store.Pairs.SavePairs(run, chosen, rows.Pairs(), Entry(chosen));
        store.Metrics.Append(run, rows.Metrics());
        Checkpoints();
        Measured();
        var decisions = rows.Of(FrozenFiles.Decisions).Select(row => RestoredDecision.Read(run, row));
        store.Review.Write((connection, transaction) => DecisionRestore.Apply(connection, transaction, decisions));
        foreach (var (key, result) in _ledger.Where(unit => !store.Units.IsDone(run, unit.Key)))
        {
            store.Units.Record(run, key, result);
        }
    }

    // All of them with the first of their units: which unit a row was in stands in the entries.
    private void Measured()
    {
        var units = _ledger.Keys.Where(key => key is { Stage: RunStage.Evaluation, Index: >= SetAnswerRepository.FirstUnit }).ToList();
        if (units.Count > 0)
        {
            store.SetAnswers.Save(run, units[0], rows.SetAnswers(), Entry(units[0]));
        }
    }

    private string Entry(UnitKey key) => _ledger.GetValueOrDefault(key, Nothing);

    private void Checkpoints()
    {
        var steps = rows.Steps().ToList();
        foreach (var model in manifest.Models)
        {
            if (RowId.TryParse(model.Id) is not CheckpointId id || id.Run != run)
            {
                continue;   // the guard, which no run made
            }

            var parent = model.Parent is null ? null : (RowId.Parse(model.Parent) as CheckpointId)?.ToString();
            if (store.Checkpoints.Find(run, id.Role, id.Iteration) is null)
            {
                var stage = id.Iteration == 0 ? RunStage.Initialization
                    : id.Role == ModelRole.Red ? RunStage.OptimizeRed : RunStage.OptimizeTarget;
                var key = new UnitKey(id.Iteration, stage, id.Iteration == 0 ? (int)id.Role : 0);
                var checkpoint = new Checkpoint(id.Role, id.Iteration, Folder: "", parent, model.Sha256, model.Written ?? default);
                store.Checkpoints.Save(
                    run, checkpoint, key, Entry(key),
                    id.Iteration == manifest.Round ? steps.FindAll(step => step.Role == id.Role) : []);
            }
        }
    }
}
