using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Training.Hosting;
using SEAS.Training.Runs.Plan;
using SEAS.Web.Commands;
using Catalogue = SEAS.Training.Runs.Plan.Presets;

namespace SEAS.Web.Live;

/// <summary>Hands what a person asks for to the training service.</summary>
internal sealed class TrainingControl(TrainingService training, Store store) : IRunControl
{
    public IReadOnlyList<PresetView> Presets { get; } = [.. Catalogue.EmbeddedNames.Select(PresetText.Of)];

    public IReadOnlyList<string> Elsewhere { get; } = EndpointWords.Of(EndpointPlan.Of(new RunPlan(), Environment.GetEnvironmentVariable));

    public RunId Start(string preset, long seed, IReadOnlyList<string>? evaluation = null)
    {
        var plan = PlanSets.Measured(Catalogue.Plan(preset, seed), store, evaluation ?? []);
        return training.Enqueue(plan with { Endpoints = EndpointPlan.Of(plan, Environment.GetEnvironmentVariable) }).Id;
    }

    public void Stop(RunId run) => training.Stop(run);

    public void Resume(RunId run) => training.Resume(run);

    public bool GoOn(RunId run, string who) => training.GoOn(run, who);

    public RunId Branch(RunId parent, int round) => training.Branch(parent, round).Id;
}
