using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;
using SEAS.Data.Contracts.Inputs;
using SEAS.Data.Datasets.Frozen;
using SEAS.Data.Datasets.Restoring;
using SEAS.Training.Guards;
using SEAS.Training.Inputs;
using SEAS.Training.ModelFiles;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Plan;
using static TorchSharp.torch;

namespace SEAS.Training.Lineage;

/// <summary>The parts of a run of which only exported files are here: plain rows stand in them, weights are found by checksum.</summary>
internal sealed class FileParts : IReplayParts
{
    private readonly RestoredRounds _files;
    private readonly WeightsSearch _search;
    private readonly RunPlan _plan;

    /// <param name="files">The files.</param>
    /// <param name="search">Where to look for weights.</param>
    public FileParts(RestoredRounds files, WeightsSearch search)
    {
        (_files, _search) = (files, search);
        _plan = Plan(files);
        Tuning = new FrozenTuningRows(files);
        Inputs = _plan.IsOutside || RunInputs.AreForeign(_plan) || _plan.InstructionSet is not null ? null : RunInputs.Open(_plan, files.Store);
    }

    public ITuningRows Tuning { get; }

    /// <summary>The built-in world can be drawn again anywhere; a set of somebody's is not in the files.</summary>
    public IRunInputs? Inputs { get; }

    /// <exception cref="CheckpointException">No folder that was named has them.</exception>
    public string Weights(ModelRole role, int iteration)
    {
        var id = new CheckpointId(_files.Run, role, iteration);
        var stored = _files.Store.Checkpoints.Find(_files.Run, role, iteration) ?? throw new DatasetException(
            $"Replaying needs {id}, but the files do not say which weights those were: they hold {Held}. "
            + "Name the export of the round before it too, with another --from.");
        return _search.Find(stored.Sha256, id.ToString());
    }

    public Guard OpenGuard(Device device)
    {
        var judged = _files.Rounds[^1].Models.First(model => model.Use == "judged");
        if (_plan.GuardModel is null && _search.Has(EmbeddedWeights.Guard, judged.Sha256))
        {
            return _plan.OpenGuard(device);
        }

        return (_plan with { GuardModel = _search.Find(judged.Sha256, $"the guard {judged.Id}") }).OpenGuard(device);
    }

    public void RequireRounds(int round, IReadOnlyList<int> needed)
    {
        var missing = needed.Where(other => _files.Rounds.All(known => known.Round != other)).ToList();
        if (missing.Count > 0)
        {
            throw new DatasetException(
                $"Choosing round {round}'s pairs again needs the rows of round {string.Join(", ", missing)}, to which people gave "
                + $"labels that counted, but the files hold {Held}. Name the export of that round too, with another --from.");
        }

        if (_files.Rounds.First(known => known.Round == round).SchemaVersion < 2)
        {
            throw new DatasetException(
                $"Choosing round {round}'s pairs again needs the labels that counted then, which files of schema 1 do not tell. "
                + "Replay from the data folder of the run, or another row.");
        }
    }

    private static RunPlan Plan(RestoredRounds files)
    {
        try
        {
            return RunPlanText.Read(files.Store.Runs.Get(files.Run).PlanJson);
        }
        catch (JsonException error)
        {
            throw new DatasetException(
                $"The plan of run {files.Run} in the manifest cannot be read: {error.Message} Another version of the program wrote it; "
                + "use that one.", error);
        }
    }

    private string Held => $"round {string.Join(", ", _files.Rounds.Select(round => round.Round))}";
}
