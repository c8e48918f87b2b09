using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;
using SEAS.Training.Endpoints;
using SEAS.Training.Review;
using SEAS.Training.Runs.Ledger;
using SEAS.Training.Runs.Stages;
using SEAS.Training.Text.Chat;

namespace SEAS.Training.Lineage;

/// <summary>The links from a pair to the weights that it changed.</summary>
internal sealed class TuningLinks(RunRows rows)
{
    // What people look at of a step; the curves hold the rest.
    private static readonly string[] s_shown = ["loss", "rewards/margins", "learning_rate", "epoch"];

    public LineageLink Pair(PreferencePair pair)
    {
        var id = PairId.Of(rows.Run.Id, pair);
        var labels = Labels(pair);
        return new LineageLink(
            id, LineageKind.Pair, [.. rows.Sources(pair).Distinct(), .. labels],   // a corrected answer over itself is one source
            [new LineageText("prompt", pair.Prompt), new LineageText("chosen", pair.Chosen), new LineageText("rejected", pair.Rejected)],
            [
                new LineageFact("round", pair.Round),
                new LineageFact("role", pair.Role.Name()),
                new LineageFact("made_from", pair.Source),
                .. LineageFact.If("labels_in_effect", labels.Count > 0 ? labels.ConvertAll(label => label.ToString()) : null),
            ]);
    }

    public LineageLink Step(TuningStep step)
    {
        var id = new StepId(rows.Run.Id, step.Round, step.Role, step.Step);
        var name = step.Role.Name();
        return new LineageLink(
            id, LineageKind.Step,
            [rows.Before(id), .. step.Pairs.Select(pair => new PairId(rows.Run.Id, step.Round, step.Role, pair))], [],
            [
                new LineageFact("round", step.Round),
                new LineageFact("pairs", step.Pairs.Count),
                new LineageFact("general_rows", step.General.Count),
                .. s_shown.SelectMany(metric => LineageFact.If(metric, Metric($"{name}/train/{metric}", step))),
            ]);
    }

    public LineageLink? Checkpoint(CheckpointId id)
    {
        if (rows.Plan.Endpoints.Of(id.Role) is { } endpoint)
        {
            return Endpoint(id, endpoint);
        }

        if (rows.Store.Checkpoints.Find(rows.Run.Id, id.Role, id.Iteration) is not { } stored)
        {
            return null;   // the round is not tuned yet, or the run's weights are another's
        }

        var parent = id.Iteration == 0 ? null : id with { Iteration = id.Iteration - 1 };
        var isTuned = id.Iteration > 0 && rows.Store.Units.IsDone(rows.Run.Id, LedgerUnits.Pairs(id.Iteration));
        return new LineageLink(
            id, LineageKind.Checkpoint, parent is null ? [] : [parent], [],
            [
                new LineageFact("sha256", stored.Sha256),
                .. LineageFact.If("folder", stored.Folder.Length == 0 ? null : stored.Folder),
                .. Base(id),
                .. LineageFact.If("pairs", isTuned ? Count(id) : null),
                .. LineageFact.If("steps", isTuned ? rows.Store.Steps.OfRound(rows.Run.Id, id.Iteration, id.Role).Count : null),
                new LineageFact("config_hash", rows.Run.ConfigHash),
                .. LineageFact.If("written", stored.CreatedUtc == default   // files of an older program do not say
                    ? null
                    : stored.CreatedUtc.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture)),
            ]);
    }

    // Behind an endpoint all iterates are the same model, and its weights are not ours to see.
    private LineageLink? Endpoint(CheckpointId id, EndpointSettings endpoint) => id.Iteration > rows.Plan.Rounds ? null : new LineageLink(
        id, LineageKind.Checkpoint, [], [],
        [
            new LineageFact("endpoint", endpoint.Host),
            new LineageFact("model", endpoint.Model),
            new LineageFact("weights", "behind an endpoint: not known here, not tuned, and nothing that it wrote can be written again"),
            new LineageFact("config_hash", rows.Run.ConfigHash),
        ]);

    /// <summary>A plain row of a round's tuning, drawn again from the plan.</summary>
    /// <exception cref="RowNotFoundException">The tuning had fewer rows.</exception>
    public LineageLink General(GeneralRowId id)
    {
        var inputs = rows.Parts.Tuning;
        var stream = RoundTuning.GeneralStream(id.Round);
        var (prompt, answer) = id.Role == ModelRole.Red
            ? inputs.RedExamples(rows.Plan.RedUpdate.GeneralRows, stream).Select(row =>
                (RedPrompt.Render(row.Shots), row.Next)).ElementAtOrDefault(id.Row)
            : inputs.GeneralRows(PairStage.General(rows.Plan, id.Round), stream).Select(row =>
                (row.Prompt, row.Answer)).ElementAtOrDefault(id.Row);
        rows.Require(prompt, id);
        return new LineageLink(
            id, LineageKind.General, [], [new LineageText("prompt", prompt), new LineageText("answer", answer)],
            [new LineageFact("round", id.Round), new LineageFact("stream", new StreamKey(rows.Plan.Seed, stream, [id.Row]))]);
    }

    private IEnumerable<LineageFact> Base(CheckpointId id)
    {
        if (id.Iteration > 0)
        {
            return [];
        }

        var unit = rows.Store.Units.Find(rows.Run.Id, new UnitKey(0, RunStage.Initialization, (int)id.Role));
        var made = unit is null ? null : StoredJson.Read<InitializationUnit>(unit.ResultJson);
        var folder = id.Role == ModelRole.Red ? rows.Plan.RedModel : rows.Plan.TargetModel;
        return
        [
            new LineageFact("base", folder ?? "the embedded base"),
            .. LineageFact.If("base_sha256", made?.BaseSha256),
            .. LineageFact.If("examples", made?.Examples),
        ];
    }

    private long Count(CheckpointId id) => rows.Store.Pairs.Counts(rows.Run.Id)
        .FirstOrDefault(count => count.Round == id.Iteration && count.Role == id.Role)?.Count ?? 0;

    // The labels that were in effect for a pair's texts as it was chosen, frozen in the ledger.
    private List<RowId> Labels(PreferencePair pair)
    {
        var unit = rows.Store.Units.Find(rows.Run.Id, LedgerUnits.Pairs(pair.Round));
        if (unit is null || StoredJson.Read<PairUnit>(unit.ResultJson).Labels is not { Count: > 0 } labels)
        {
            return [];
        }

        var about = EffectiveLabelIndex.Frozen(rows.Store, rows.Run.Id, labels)
            .About(pair.Role == ModelRole.Target ? [pair.Prompt] : [pair.Chosen, pair.Rejected]);
        return [.. about.All.SelectMany(label => label.Decisions).Distinct().Select(decision => new LabelId(rows.Run.Id, decision))];
    }

    private object? Metric(string name, TuningStep step) => rows.Store.Metrics
        .Series(rows.Run.Id, name, step.Round, step.Step - 1).FirstOrDefault(point => point.Step == step.Step)?.Value;
}
