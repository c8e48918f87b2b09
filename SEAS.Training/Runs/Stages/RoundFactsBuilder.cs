using System.Text.Json;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;
using SEAS.Data.Contracts.Inputs;
using SEAS.Data.Datasets.Frozen;
using SEAS.Training.Endpoints;
using SEAS.Training.Engine.Generation;
using SEAS.Training.Inputs;
using SEAS.Training.Runs.Plan;
using SEAS.Training.Text.Chat;

namespace SEAS.Training.Runs.Stages;

/// <summary>Gathers what the store alone does not know of a round.</summary>
internal static class RoundFactsBuilder
{
    public static RoundFacts Gather(Store store, RunId run, int round, IRunInputs? inputs)
    {
        var stored = store.Runs.Get(run);
        var plan = RunPlanText.Read(stored.PlanJson);
        var (mark, labels) = Labels(store, run, round, plan);
        return new RoundFacts
        {
            Plan = JsonElement.Parse(RunPlanText.Write(WithoutFolders(plan))),
            GuardThreshold = store.Review.Thresholds.Round(run, round)?.Threshold ?? plan.GuardThreshold,
            Guard = GuardName(plan),
            Prompts = Sampling(AttackWriter.PromptSampling(plan.Attack), plan, AttackWriter.PromptStream(round)),
            Answers = Sampling(AttackWriter.AnswerSampling(plan.Attack), plan, AttackWriter.AnswerStream(round)),
            Sets = [.. plan.EvaluationSets.Select(set => set.Name)],
            SetAnswers = Sampling(SetMeasurement.Sampling(plan), plan, SetMeasurement.Stream),
            SetThreshold = plan.GuardThreshold,
            Models = Models(store, run, round, plan),
            Sources = DatasetProvenance.Plan(plan, store),
            General = General(store, run, round, plan, inputs),
            Labels = labels.OfRound,
            Decisions = labels.Ever,
            LabelsMark = mark,
            LabelOf = labels.Of,
            LabelOfPrompt = labels.Of,
        };
    }

    // Where things lie on this machine is nobody's business elsewhere; what they are called is.
    private static RunPlan WithoutFolders(RunPlan plan) => plan with
    {
        RedModel = Path.GetFileName(plan.RedModel),
        TargetModel = Path.GetFileName(plan.TargetModel),
        GuardModel = Path.GetFileName(plan.GuardModel),
        SeedFile = Path.GetFileName(plan.SeedFile),
    };

    // Labels that come while they are read would be half in: then they are read again.
    private static (string Mark, RoundLabels Labels) Labels(Store store, RunId run, int round, RunPlan plan)
    {
        while (true)
        {
            var mark = store.Datasets.LabelsMark(run);
            var labels = RoundLabels.Read(store, run, round, plan.HasReview ? plan.Rounds : 0);
            if (mark == store.Datasets.LabelsMark(run))
            {
                return (mark, labels);
            }
        }
    }

    private static SamplingFacts Sampling(SamplingSettings drawn, RunPlan plan, string stream) =>
        new(drawn.Temperature, drawn.TopP, drawn.TopK, drawn.MaxNewTokens, plan.Seed, stream);

    private static string GuardName(RunPlan plan) => plan.Endpoints.Judge is { } endpoint ? endpoint.Model
        : plan.GuardModel is { } folder ? Path.GetFileName(folder) : "embedded-guard";

    private static List<ManifestModel> Models(Store store, RunId run, int round, RunPlan plan)
    {
        return
        [
            Of("wrote the prompts", ModelRole.Red, round - 1),
            Of("gave the answers", ModelRole.Target, round - 1),
            plan.Endpoints.Judge is { } judge
                ? Remote("judged", GuardName(plan), judge, EndpointRole.Judge)
                : new ManifestModel("judged", GuardName(plan), WeightsSum.OfGuard(store, run, round, plan), Parent: null),
            .. Tuned("tuned on red_pairs", ModelRole.Red),
            .. Tuned("tuned on target_pairs", ModelRole.Target),
        ];

        ManifestModel[] Tuned(string use, ModelRole role) => plan.IsFixed(role) ? [] : [Of(use, role, round)];

        ManifestModel Remote(string use, string id, EndpointSettings endpoint, EndpointRole role)
        {
            var said = EndpointRecords.AnsweredBy(store, run, round, role);
            return new ManifestModel(
                use, id, ManifestModel.NoWeights, Parent: null, said.Length > 0 ? $"{endpoint.Name}, answered by {said}" : endpoint.Name);
        }

        ManifestModel Of(string use, ModelRole role, int iteration)
        {
            if (plan.Endpoints.Of(role) is { } endpoint)
            {
                return Remote(use, new CheckpointId(run, role, iteration).ToString(), endpoint,
                    role == ModelRole.Red ? EndpointRole.Red : EndpointRole.Target);
            }

            iteration = FixedModelReuse.First(plan, role, iteration);
            var checkpoint = store.Checkpoints.Find(run, role, iteration) ?? throw new DatasetException(
                $"Round {round} of run {run} cannot be frozen: there is no {role} of iterate {iteration} in the store. "
                + "Let the round end first.");
            var parent = checkpoint.Parent is null ? null : new CheckpointId(run, role, iteration - 1).ToString();
            return new ManifestModel(use, new CheckpointId(run, role, iteration).ToString(), checkpoint.Sha256, parent)
            {
                Written = checkpoint.CreatedUtc,
            };
        }
    }

    // They never change, so that a later version has them even if the file that they came from is gone.
    private static IEnumerable<GeneralRow> General(Store store, RunId run, int round, RunPlan plan, IRunInputs? inputs)
    {
        if (store.Datasets.Newest(run, round) is { } frozen)
        {
            return store.Datasets.General(frozen);
        }

        var from = new Lazy<IRunInputs>(() => inputs ?? RunInputs.Open(plan, store));
        var stream = RoundTuning.GeneralStream(round);
        var target = Has(ModelRole.Target) ? from.Value.GeneralRows(PairStage.General(plan, round), stream) : [];
        var red = Has(ModelRole.Red) ? from.Value.RedExamples(plan.RedUpdate.GeneralRows, stream) : [];
        return [.. target.Select(row => new GeneralRow(ModelRole.Target, row.Prompt, row.Answer)),
            .. red.Select(row => new GeneralRow(ModelRole.Red, RedPrompt.Render(row.Shots), row.Next))];

        // Without pairs a model is not tuned at all.
        bool Has(ModelRole role) => store.Pairs.Counts(run).Any(count => count.Round == round && count.Role == role && count.Count > 0);
    }
}
