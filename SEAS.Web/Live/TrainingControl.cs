using SEAS.Data.Domain;
using SEAS.Training.Hosting;
using Catalogue = SEAS.Training.Loop.Presets;

namespace SEAS.Web.Live;

/// <summary>Hands what a person asks for to the training service.</summary>
internal sealed class TrainingControl(TrainingService training) : IRunControl
{
    public IReadOnlyList<PresetView> Presets { get; } = [.. Catalogue.Names.Select(PresetWords.Of)];

    public RunId Start(string preset, long seed) => training.Enqueue(Catalogue.Plan(preset, seed)).Id;

    public void Stop(RunId run) => training.Stop(run);

    public void Resume(RunId run) => training.Resume(run);

    public bool GoOn(RunId run, string who) => training.GoOn(run, who);

    public RunId Branch(RunId parent, int round) => training.Branch(parent, round).Id;
}
