using System.Globalization;
using SEAS.Training.Engine.Models;
using SEAS.Training.Memory;
using SEAS.Training.ModelFiles;
using SEAS.Training.Review;
using SEAS.Training.Text.Chat;

namespace SEAS.Web.Commands.Doctor;

/// <summary>Looks at a model folder: what it is, what it needs, and whether that fits here. Its weights are not read.</summary>
internal static class ModelExam
{
    private const double Gib = 1L << 30;
    private const string Mend = "Mend the folder, or copy the model again: nothing in it is guessed.";

    // What the needs are told for: long for a prompt that an attack writes, usual for a conversation.
    private const int Rows = 8;
    private const int PromptTokens = 256;
    private const int AnswerTokens = 256;

    /// <param name="folder">A model folder, or an adapter's.</param>
    /// <param name="origin">Where the base of an adapter's folder lies, if not where the adapter says.</param>
    public static IEnumerable<Finding> Look(string folder, string? origin = null)
    {
        var found = ModelInspection.Of(folder, origin);
        return
        [
            .. found.Adapter is { } adapter ? [Finding.Good("adapter", adapter)] : Array.Empty<Finding>(),
            .. found.Config is { } config ? Describe(config, found) : [],
            .. found.Notes.Select(note => Finding.Good("files", note)),
            .. found.Problems.Select(problem => Finding.Problem("model", problem, Mend)),
            .. found.Config is { } sizes ? Needs(sizes) : [],
        ];
    }

    private static IEnumerable<Finding> Describe(LlamaConfig config, ModelInspection found)
    {
        yield return Finding.Good("model", string.Create(CultureInfo.InvariantCulture,
            $"{config.Family}, {config.ParameterCount / 1e6:#,0.##} million weights: {config.Layers} layers of {config.HiddenSize}, "
            + $"{config.Heads} heads on {config.KvHeads}, feed-forward {config.IntermediateSize}, {config.VocabularySize} tokens, "
            + $"{(config.TiedEmbeddings ? "tied" : "untied")} head"));
        yield return Finding.Good("context", string.Create(CultureInfo.InvariantCulture,
            $"{config.MaxPositions} positions, rotary base {config.RopeTheta:0}, "
            + $"{(config.Scaling is { } scaling ? $"{scaling.Kind} scaling by {scaling.Factor}" : "no scaling")}"));
        if (found.WeightFiles > 0)
        {
            yield return Finding.Good("weights", string.Create(CultureInfo.InvariantCulture,
                $"{found.WeightBytes / Gib:0.000} GiB in {found.WeightFiles} file(s): {Precisions(found)}"));
        }

        if (found.Tokens is { } tokens)
        {
            yield return found.Marks switch
            {
                TurnMarks.Template => Finding.Good("tokenizer", $"{tokens} tokens, and a chat template of its own"),
                TurnMarks.Tokens => Finding.Good("tokenizer", $"{tokens} tokens, some of which mark turns"),
                _ => Finding.Note("tokenizer", $"{tokens} tokens; no chat template",
                    "Turns are marked by words; choose a built-in format with --target-chat and its kin, or --chat-format."),
            };
        }
    }

    private static string Precisions(ModelInspection found) =>
        string.Join(", ", found.Precisions.Select(type => $"{type.Value} of {type.Key}"));

    private static IEnumerable<Finding> Needs(LlamaConfig config)
    {
        var here = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var tokens = Math.Min(config.MaxPositions, PromptTokens + (2 * AnswerTokens));
        var answers = Math.Min(tokens - 1, 2 * AnswerTokens);
        var lora = new LoraSettings();
        return
        [
            Need(ModelMemory.Attack(config, PromptTokens, AnswerTokens, 3)),
            Need(Tuning(lora, checkpointing: false)),
            Need(Tuning(lora, checkpointing: true)),
            Need(Tuning(lora, checkpointing: true, WeightPrecision.BFloat16)),
            Need(Tuning(null, checkpointing: false)),
            Need(Tuning(null, checkpointing: true)),
            Need(Tuning(null, checkpointing: true, WeightPrecision.BFloat16)),
        ];

        MemoryNeed Tuning(LoraSettings? adapters, bool checkpointing, WeightPrecision weights = WeightPrecision.Float32)
        {
            var need = ModelMemory.Tuning(config, Rows, tokens, answers, adapters, checkpointing, weights);
            return need with
            {
                Work = need.Work + (checkpointing ? ", checkpointed" : "") + (weights == WeightPrecision.BFloat16 ? ", bfloat16" : ""),
            };
        }

        Finding Need(MemoryNeed need)
        {
            var text = $"{need.Work}: {Text(need)}";
            return need.Total <= here
                ? Finding.Good("memory", text)
                : Finding.Note("memory", text, string.Create(CultureInfo.InvariantCulture, $"Does not fit here: {here / Gib:0.0} GiB."));
        }
    }

    private static string Text(MemoryNeed need)
    {
        var parts = new[]
        {
            ("weights", need.Weights), ("gradients and optimizer", need.Learning),
            ("activations", need.Activations), ("keys and values", need.Cache),
        };
        return string.Create(CultureInfo.InvariantCulture, $"about {need.Total / Gib:0.0} GiB (")
            + string.Join(", ", parts.Where(part => part.Item2 > 0)
                .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Item1} {part.Item2 / Gib:0.00}"))) + ")";
    }
}
