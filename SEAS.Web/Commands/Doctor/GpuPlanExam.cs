using SEAS.Training.Engine.Models;
using SEAS.Training.Memory;
using SEAS.Training.ModelFiles;
using SEAS.Web.Live;

namespace SEAS.Web.Commands.Doctor;

/// <summary>Says what a run with three models of one size takes of a GPU, for cards of several sizes, without having one.</summary>
internal static class GpuPlanExam
{
    private const double Gib = 1L << 30;
    private const int Tokens = 256;   // of a prompt and of an answer
    private const int Rank = 16;
    private static readonly int[] s_cards = [24, 48, 80, 141];   // GB, as cards are sold; their memory is that many GiB or a little less

    /// <param name="model">A folder with a config.json, or the name of a published model.</param>
    public static IEnumerable<Finding> Look(string model)
    {
        LlamaConfig config;
        try
        {
            config = KnownSizes.Find(model) ?? LlamaConfigFile.Read(Path.Combine(model, "config.json"));
        }
        catch (CheckpointException problem)
        {
            return [Finding.Problem("gpu", problem.Message, $"Name a model folder, or {KnownSizes.Names}.")];
        }

        return [.. Of(config)];
    }

    internal static IEnumerable<Finding> Of(LlamaConfig config)
    {
        var lora = new LoraSettings { Rank = Rank, Alpha = 2 * Rank };
        yield return Finding.Good("models", Text(
            $"R, T and a guard of {config.ParameterCount / 1e6:#,0} million weights each, in bfloat16; prompts and answers of {Tokens} tokens; ")
            + "tuned with one pair a pass and checkpointing");
        var most = Plan(lora, s_cards[^1]);
        yield return Finding.Good("writing", Parts(most.Red[0]) + ", on the largest card");
        yield return Finding.Good("adapters", Parts(most.Red[1]) + Text($", rank {Rank}"));
        yield return Finding.Good("all", Parts(Plan(null, s_cards[^1]).Red[1]));
        yield return Finding.Good("besides", Text(
            $"CUDA itself about {GpuMemoryPlan.Context / Gib:0.0} GiB; {100 * GpuMemoryPlan.Reserve:0} % of a card stay free"));
        foreach (var card in s_cards)
        {
            var adapted = Plan(lora, card);
            yield return Finding.Good($"{card} GB", $"adapters: {Fit(adapted, card)}; adapters on one base: "
                + $"{Fit(adapted with { Bases = (0, 0, 0) }, card)}; all weights: {Fit(Plan(null, card), card)}");
        }

        GpuMemoryPlan Plan(LoraSettings? adapters, int card) =>
            GpuMemoryPlan.OfThree(config, adapters, WeightPrecision.BFloat16, Tokens, Tokens, Bytes(card));
    }

    /// <summary>How a run's models share a card, in a few words.</summary>
    internal static string Fit(GpuMemoryPlan plan, int card) => plan.Fitting(Bytes(card)) switch
    {
        GpuArrangement.Together => Text($"all three stay there ({plan.Peak(GpuArrangement.Together) / Gib:0.0} GiB)"),
        GpuArrangement.OneAtATime => Text($"one at a time ({plan.Peak(GpuArrangement.OneAtATime) / Gib:0.0} GiB)"),
        _ => Text($"does not fit ({plan.Peak(GpuArrangement.OneAtATime) / Gib:0.0} GiB with one at a time)"),
    };

    private static long Bytes(int card) => (long)card << 30;

    private static string Parts(MemoryNeed need) => string.Join(", ", new[]
    {
        ("weights", need.Weights), ("gradients, optimizer and adapters", need.Learning), ("activations and scores", need.Activations),
        ("keys and values", need.Cache),
    }.Where(part => part.Item2 > 0).Select(part => Text($"{part.Item1} {part.Item2 / Gib:0.0}"))) + " GiB";

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
