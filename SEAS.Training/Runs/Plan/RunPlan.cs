using System.Text.Json.Serialization;
using SEAS.Data.Contracts;
using SEAS.Training.Engine.Recipes;
using SEAS.Training.ModelFiles;

namespace SEAS.Training.Runs.Plan;

/// <summary>Every number of a run, under the paper's names (SEAS, arXiv:2408.02632, sections 3 and 4.1).</summary>
/// <remarks>Sizes are counts, rates are dimensionless, lengths are tokens. <see cref="RunPlanValidation"/> holds the ranges.</remarks>
public sealed record RunPlan
{
    /// <summary>The preset it came from; part of the run's name.</summary>
    public string Preset { get; init; } = "embedded";

    /// <summary>The run's seed: everything random is derived from it.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Rounds of attack and hardening. Paper: 3.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>Where everything comes from that the plan does not name: the embedded world, or nowhere. With models or seeds from outside
    /// nothing of the embedded world takes part: what is needed must be named, and the rest is not measured.</summary>
    [AddedLater]
    public InputsFrom Inputs { get; init; } = InputsFrom.EmbeddedWorld;

    /// <summary>Where tensors live: <c>auto</c>, <c>cpu</c> or <c>cuda:N</c>. Not part of the configuration hash.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Folder of the red-team model's weights; null for the embedded base.</summary>
    public string? RedModel { get; init; }

    /// <summary>Folder of the target model's weights; null for the embedded base.</summary>
    public string? TargetModel { get; init; }

    /// <summary>Folder of the guard; null for the embedded guard.</summary>
    public string? GuardModel { get; init; }

    /// <summary>How weights are kept in memory and in checkpoints: float32, or bfloat16: half the memory. Where all weights learn in
    /// bfloat16, an update keeps what their rounding leaves out until it is over; a checkpoint holds the weights alone.</summary>
    public WeightPrecision Weights { get; init; } = WeightPrecision.Float32;

    /// <summary>
    /// Whether R, T and the guard share one base in memory where they come from one folder: adapters are then kept beside it in place of
    /// being merged. Adapters alone learn. Figures differ in their last digits from those of a run that merges.
    /// </summary>
    public bool SharedBase { get; init; }

    /// <summary>How the models are talked to, where that is not left to their folders.</summary>
    public ChatPlan Chats { get; init; } = new();

    /// <summary>Models that are reached through a server, in place of folders.</summary>
    public EndpointPlan Endpoints { get; init; } = new();

    /// <summary>How the guard is asked: <c>seas</c>, <c>llama-guard-1</c>, <c>-2</c>, <c>-3</c> or <c>instructed</c>.</summary>
    public string GuardFormat { get; init; } = "seas";

    /// <summary>File of seed prompts; null for the embedded world.</summary>
    public string? SeedFile { get; init; }

    /// <summary>An imported set of seed prompts, in place of a file; null for none.</summary>
    public SetReference? SeedSet { get; init; }

    /// <summary>
    /// An imported set of instructions that T learns from: the general rows of each round and, with prompts from outside, the rows before
    /// the first; null for the embedded world's.
    /// </summary>
    public SetReference? InstructionSet { get; init; }

    /// <summary>Imported evaluation sets that every T is measured on, from T0 to the last; none in most runs.</summary>
    public IReadOnlyList<SetReference> EvaluationSets { get; init; } = [];

    /// <summary>Tuning of the base into R0 (few-shot prompts to one more prompt).</summary>
    public InitializationPlan RedInitialization { get; init; } = new();

    /// <summary>Tuning of the base into T0 (instructions, no safety tuning).</summary>
    public InitializationPlan TargetInitialization { get; init; } = new();

    /// <summary>The attack stage of each round.</summary>
    public AttackPlan Attack { get; init; } = new();

    /// <summary>The guard's threshold: an answer is unsafe when P(unsafe) is at least this. In (0, 1).</summary>
    public double GuardThreshold { get; init; } = 0.5;

    /// <summary>
    /// Studies only: of the half of a round's verdicts that lie nearest to the threshold, the share that is turned round, as by a worse
    /// guard. 0 leaves the guard as it is.
    /// </summary>
    public double GuardFlipShare { get; init; }

    /// <summary>What people are asked to look at, and whether a round waits for them.</summary>
    public ReviewPlan Review { get; init; } = new();

    /// <summary>Set for a run that does rounds of another run again, without its labels; null for all others.</summary>
    public BranchPlan? Branch { get; init; }

    /// <summary>Whether people take part: in all runs but the branches that show what would have been without them.</summary>
    [JsonIgnore]
    public bool HasReview => Branch is null or { Review: true };

    /// <summary>Whether nothing of the embedded world takes part.</summary>
    [JsonIgnore]
    public bool IsOutside => Inputs == InputsFrom.Outside;

    /// <summary>The update of R after each round.</summary>
    public RedUpdatePlan RedUpdate { get; init; } = new();

    /// <summary>The update of T after each round.</summary>
    public TargetUpdatePlan TargetUpdate { get; init; } = new();

    /// <summary>What is measured after initialization and after each round.</summary>
    public EvaluationPlan Evaluation { get; init; } = new();

    /// <summary>How often a training is kept while it runs. Changes no figure, so it is not part of the configuration hash.</summary>
    [AddedLater]
    public OptimizePlan Optimize { get; init; } = new();

    /// <summary>What a round must come to. Changes no figure, so it is not part of the configuration hash.</summary>
    [AddedLater]
    public GatePlan Gates { get; init; } = new();

    /// <summary>Whether a model stays what it is for the whole run: behind an endpoint, or told not to learn.</summary>
    internal bool IsFixed(ModelRole role) => Endpoints.Of(role) is not null || (role == ModelRole.Target && !TargetUpdate.Learns);
}

/// <summary>Where a run's prompts, instructions and rules come from.</summary>
public enum InputsFrom
{
    /// <summary>What the plan names, and for the rest the embedded world.</summary>
    EmbeddedWorld,

    /// <summary>What the plan names, and nothing else.</summary>
    Outside,
}

/// <summary>Supervised tuning before the first round.</summary>
public sealed record InitializationPlan
{
    /// <summary>Examples; 0 leaves the base as it is.</summary>
    public int Examples { get; init; } = 1500;

    /// <summary>How the tuning runs.</summary>
    public TrainingSettings Training { get; init; } = new();
}

/// <summary>Sizes and sampling of one attack stage (paper section 4.1: 5,000 seeds, k = 3, n = m = 5, T = 0.8, p = 0.9).</summary>
public sealed record AttackPlan
{
    /// <summary>Seed prompts per round; each is <see cref="Shots"/> prompts of one type.</summary>
    public int Seeds { get; init; } = 300;

    /// <summary>k: prompts of one type shown to R.</summary>
    public int Shots { get; init; } = 3;

    /// <summary>Whether a seed's type is drawn by its rows or evenly. The paper says "a random type" and gives no law; its smallest type
    /// holds under 0.2 % of its rows, so the two differ much. The embedded world's types are evenly spread as they are.</summary>
    [AddedLater]
    public TypeSampling TypeSampling { get; init; } = TypeSampling.Rows;

    /// <summary>n: adversarial prompts that R writes per seed.</summary>
    public int PromptsPerSeed { get; init; } = 4;

    /// <summary>m: answers that T gives per adversarial prompt.</summary>
    public int AnswersPerPrompt { get; init; } = 3;

    /// <summary>Sampling temperature of R and T.</summary>
    public double Temperature { get; init; } = 0.8;

    /// <summary>Nucleus mass of R and T.</summary>
    public double TopP { get; init; } = 0.9;

    /// <summary>Top-k of R and T; 0 is off.</summary>
    public int TopK { get; init; }

    /// <summary>Longest adversarial prompt, in tokens.</summary>
    public int PromptTokens { get; init; } = 64;

    /// <summary>Longest answer, in tokens.</summary>
    public int AnswerTokens { get; init; } = 64;

    /// <summary>Seeds in one unit of work: what a crash can cost at most.</summary>
    public int SeedsPerUnit { get; init; } = 50;
}

/// <summary>How R's pairs are chosen and how R is tuned on them (paper section 3.4, eq. for R).</summary>
public sealed record RedUpdatePlan
{
    /// <summary>The DPO settings; the reference is R of the previous round.</summary>
    public DpoSettings Training { get; init; } = new();

    /// <summary>Smallest difference of unsafe ratios within a pair; the reference code takes any above 0.</summary>
    public double MinimumGap { get; init; } = 0.01;

    /// <summary>Largest share of a round's pairs whose chosen prompts open alike; 1 is no cap.</summary>
    public double OpeningCap { get; init; } = 0.15;

    /// <summary>Words that make an opening.</summary>
    public int OpeningWords { get; init; } = 3;

    /// <summary>What R is held to.</summary>
    [AddedLater]
    public ReferencePolicy Reference { get; init; } = ReferencePolicy.Previous;

    /// <summary>How many pairs one seed may give. Paper: about 4,800 pairs of 5,000 seeds, so at most one.</summary>
    [AddedLater]
    public PairsPerSeed PairsPerSeed { get; init; } = PairsPerSeed.AtMostOne;

    /// <summary>Whether a prompt that is not fluent can only lose. Paper: no.</summary>
    [AddedLater]
    public bool FluencyFilter { get; init; } = true;

    /// <summary>Whether a text that was chosen once is not chosen again in the round. Paper: no.</summary>
    [AddedLater]
    public bool ChosenOnce { get; init; } = true;

    /// <summary>Adversarial prompts of more characters take part in no pair; 0 is no cap. Reference code: 3,000.</summary>
    [AddedLater]
    public int MaxCharacters { get; init; }

    /// <summary>Whether the pairs of all rounds so far are learned, or only the round's own. Paper: the round's own.</summary>
    [AddedLater]
    public bool Accumulate { get; init; }

    /// <summary>Few-shot examples of initialization mixed into the update as plain rows, so that R keeps its language. Paper: 0.</summary>
    public int GeneralRows { get; init; } = 200;
}

/// <summary>How T's pairs are chosen and how T is tuned on them (paper section 3.4, eq. for T).</summary>
public sealed record TargetUpdatePlan
{
    /// <summary>The DPO settings; the reference is T of the previous round.</summary>
    public DpoSettings Training { get; init; } = new();

    /// <summary>Most safety pairs per round. Paper: 2,000.</summary>
    public int SafetyPairs { get; init; } = 250;

    /// <summary>Largest share of a round's pairs whose prompts open alike; 1 is no cap.</summary>
    public double OpeningCap { get; init; } = 0.15;

    /// <summary>Words that make an opening.</summary>
    public int OpeningWords { get; init; } = 3;

    /// <summary>Whether T learns at all; false keeps T0 as it is, and R evolves against it.</summary>
    [AddedLater]
    public bool Learns { get; init; } = true;

    /// <summary>What T is held to.</summary>
    [AddedLater]
    public ReferencePolicy Reference { get; init; } = ReferencePolicy.Previous;

    /// <summary>Which prompts give pairs where more could than are wanted. The paper does not tell.</summary>
    [AddedLater]
    public PairOrder Order { get; init; } = PairOrder.Random;

    /// <summary>Which answers make a prompt's pair. Reference code: the first safe and the first unsafe.</summary>
    [AddedLater]
    public PairAnswers Answers { get; init; } = PairAnswers.ByRisk;

    /// <summary>Answers of more characters take part in no pair; 0 is no cap. Reference code: 3,000.</summary>
    [AddedLater]
    public int MaxCharacters { get; init; }

    /// <summary>Whether the pairs of all rounds so far are learned, or only the round's own. Paper: the round's own; all of them at once
    /// is its ablation SEAS-All.</summary>
    [AddedLater]
    public bool Accumulate { get; init; }

    /// <summary>General rows mixed in, one number per round; the last holds for later rounds. Paper: pairs, and no such
    /// rows.</summary>
    public IReadOnlyList<int> GeneralRows { get; init; } = [400, 600, 600];
}

/// <summary>Sizes of the measurements.</summary>
public sealed record EvaluationPlan
{
    /// <summary>The split that is measured on: test for reports, validation for choosing any number of a plan.</summary>
    public DatasetSplit Split { get; init; } = DatasetSplit.Test;

    /// <summary>Held-out attack prompts for the static attack success rate. Paper: 2,000.</summary>
    public int StaticPrompts { get; init; } = 420;

    /// <summary>Attacks per cell of the R×T matrix.</summary>
    public int MatrixAttacks { get; init; } = 300;

    /// <summary>Ambiguous but harmless prompts. Paper: 300 harmless, 250 of XSTest.</summary>
    public int Ambiguous { get; init; } = 200;

    /// <summary>Checkable tasks for usefulness.</summary>
    public int Tasks { get; init; } = 240;

    /// <summary>Most rows of each imported evaluation set; of a larger one a choice at random, the same in every run.</summary>
    public int SetPrompts { get; init; } = 1000;
}
