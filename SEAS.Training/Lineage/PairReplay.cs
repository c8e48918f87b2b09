using SEAS.Data.Contracts;
using SEAS.Training.Inputs;
using SEAS.Training.Pairing;
using SEAS.Training.Review;
using SEAS.Training.Runs.Ledger;

namespace SEAS.Training.Lineage;

/// <summary>Chooses a round's pairs again, from its verdicts and from the labels that were in effect then.</summary>
internal static class PairReplay
{
    public static RoundSelection Select(RunRows rows, int round)
    {
        var isFluent = RunInputs.Fluency(rows.Plan);
        var unit = rows.Store.Units.Find(rows.Run.Id, LedgerUnits.Pairs(round));
        var labels = unit is null ? null : StoredJson.Read<PairUnit>(unit.ResultJson).Labels;
        rows.Parts.RequireRounds(round, [.. (labels ?? []).Select(label => label.Round).Append(round).Distinct().Order()]);
        var book = EffectiveLabelIndex.Frozen(rows.Store, rows.Run.Id, labels ?? []);
        var attacks = book.Apply(JudgedAttack.Load(rows.Store, rows.Run.Id, round));
        return RoundSelection.Of(round, attacks, rows.Plan, isFluent)
            .With(LatePairs.Of(rows.Store, rows.Run.Id, rows.Plan, isFluent, book, round))
            .With(LatePairs.Accumulated(rows.Store, rows.Run.Id, rows.Plan, round));
    }
}
