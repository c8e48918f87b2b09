using System.Text.Json;
using System.Text.Json.Nodes;
using SEAS.Training.Engine.Models;

namespace SEAS.Training.ModelFiles;

/// <summary>A LoRA adapter's <c>adapter_config.json</c>, as the library PEFT writes it.</summary>
/// <remarks>A field that would change what the adapter computes and that is not understood here is refused by name, never ignored; so is
/// one that is not known at all, unless it says nothing.</remarks>
/// <param name="Base">Where its base lies: a folder, or a name on a hub.</param>
/// <param name="Rank">r, the rank.</param>
/// <param name="Scale">α / r, or α / √r.</param>
/// <param name="Targets">The projections that must have matrices, in every block; null where the file says it by a pattern.</param>
internal sealed record PeftConfig(string? Base, int Rank, double Scale, IReadOnlyList<string>? Targets)
{
    public const string FileName = "adapter_config.json";

    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    /// <exception cref="CheckpointException">It is missing, damaged or describes another kind of adapter; all problems in one
    /// message.</exception>
    public static PeftConfig Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(json.RootElement, path);
        }
        catch (Exception error) when (
            error is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)   // half a letter in a text
        {
            throw new CheckpointException($"The adapter's {path} cannot be read: {error.Message} Copy the folder again.", error);
        }
    }

    /// <summary>Writes the file that PEFT reads.</summary>
    public void Write(string folder)
    {
        var json = new JsonObject
        {
            ["peft_type"] = "LORA",
            ["task_type"] = "CAUSAL_LM",
            ["base_model_name_or_path"] = Base,
            ["r"] = Rank,
            ["lora_alpha"] = Scale * Rank,
            ["lora_dropout"] = 0,
            ["target_modules"] = new JsonArray([.. (Targets ?? LoraSettings.AllTargets).Select(target => (JsonNode)target)]),
            ["bias"] = "none",
            ["fan_in_fan_out"] = false,
            ["inference_mode"] = true,
            ["init_lora_weights"] = true,
            ["layers_to_transform"] = null,
            ["layers_pattern"] = null,
            ["modules_to_save"] = null,
            ["rank_pattern"] = new JsonObject(),
            ["alpha_pattern"] = new JsonObject(),
            ["use_dora"] = false,
            ["use_rslora"] = false,
            ["revision"] = null,
        };
        File.WriteAllText(Path.Combine(folder, FileName), json.ToJsonString(s_indented) + "\n");
    }

    private static PeftConfig Read(JsonElement root, string path)
    {
        var fields = new LlamaConfigFields(root);
        var problems = fields.Problems;
        var rank = fields.Integer("r");
        var alpha = fields.Number("lora_alpha", 8);
        if (problems.Count == 0)
        {
            problems.AddRange(root.EnumerateObject().Select(Problem).OfType<string>());
            problems.AddRange(rank >= 1 ? [] : [$"r is {rank}; a rank is 1 or more."]);
            problems.AddRange(double.IsFinite(alpha) ? [] : [$"lora_alpha is {alpha}; a number is expected."]);
            if (Field(root, "peft_type") is not { } type || type.ToString() != "LORA")
            {
                problems.Add($"peft_type is {Field(root, "peft_type")?.GetRawText() ?? "missing"}; LORA is supported.");
            }
        }

        if (problems.Count > 0)
        {
            throw new CheckpointException(
                $"The adapter described by {path} cannot be used:\n  • " + string.Join("\n  • ", problems)
                + "\nMerge it with the library that made it, and take the merged model.");
        }

        var scale = fields.Flag("use_rslora", false) ? alpha / Math.Sqrt(rank) : alpha / rank;
        return new PeftConfig(Field(root, "base_model_name_or_path")?.ToString(), rank, scale, TargetsOf(root));
    }

    private static string? Problem(JsonProperty field)
    {
        var (name, value) = (field.Name, field.Value);
        if (FolderFields.Of(FileName, name) is FieldUse.Honoured or FieldUse.Described || FolderFields.SaysNothing(value))
        {
            return null;
        }

        return name switch
        {
            "peft_type" => null,   // said by who reads it
            "bias" => value.ToString() == "none" ? null : $"bias is {value}; adapters that change biases are not supported.",
            // PiSSA, OLoRA, CorDA and LoftQ change the base itself when they begin.
            "init_lora_weights" => value.ToString() is "True" or "gaussian" or "eva" or "orthogonal"
                ? null : $"init_lora_weights is {value.GetRawText()}, which changes the base too; that is not supported.",
            _ => $"{name} is {value.GetRawText()}; this is not supported, and it may change what the adapter computes.",
        };
    }

    /// <summary>A list of projections, where it holds for every block.</summary>
    private static IReadOnlyList<string>? TargetsOf(JsonElement root) =>
        Field(root, "target_modules") is { ValueKind: JsonValueKind.Array } list
            && Field(root, "layers_to_transform") is null && Field(root, "exclude_modules") is null
            ? [.. list.EnumerateArray().Select(target => target.ToString())] : null;

    private static JsonElement? Field(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
