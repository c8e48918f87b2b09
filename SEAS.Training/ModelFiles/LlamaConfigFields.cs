using System.Text.Json;
using SEAS.Training.Engine.Models;

namespace SEAS.Training.ModelFiles;

/// <summary>Reads the fields of a <c>config.json</c> and collects everything that is wrong with them.</summary>
internal sealed class LlamaConfigFields
{
    private readonly JsonElement _root;

    public LlamaConfigFields(JsonElement root)
    {
        _root = root;
        if (root.ValueKind != JsonValueKind.Object)
        {
            Problems.Add("it should be a JSON object.");
        }
    }

    public List<string> Problems { get; } = [];

    /// <summary>A whole number. Null is not the same as absent: it is wrong here, unless somebody asked before.</summary>
    public int Integer(string name, int? otherwise = null)
    {
        if (Given(name) is not { } value)
        {
            return otherwise ?? Missing(name);
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number
            : (int)Wrong(name, value, "a whole number");
    }

    public double Number(string name, double otherwise) => Given(name) is not { } value
        ? otherwise
        : value.ValueKind == JsonValueKind.Number ? value.GetDouble() : Wrong(name, value, "a number");

    public bool Flag(string name, bool otherwise) => Field(name) is not { } value
        ? otherwise
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : Wrong(name, value, "true or false") > 0;

    /// <summary>Whether a field is there and says null.</summary>
    public bool IsNull(string name) => Given(name) is { ValueKind: JsonValueKind.Null };

    /// <summary>Newer files keep the base beside the kind of scaling in <c>rope_parameters</c>.</summary>
    public double RopeTheta(ModelFamily family)
    {
        var nested = Field("rope_parameters") is { ValueKind: JsonValueKind.Object } parameters ? new LlamaConfigFields(parameters) : null;
        if (nested?.Field("rope_theta") is null)
        {
            return Number("rope_theta", family == ModelFamily.SmolLM3 ? 2_000_000 : 10_000);
        }

        var theta = nested.Number("rope_theta", 0);
        Problems.AddRange(nested.Problems.Select(problem => $"rope_parameters: {problem}"));
        return theta;
    }

    public ModelFamily Family() => Field("model_type")?.ToString() switch
    {
        null or "llama" => ModelFamily.Llama,
        "mistral" => ModelFamily.Mistral,
        "qwen2" => ModelFamily.Qwen2,
        "qwen3" => ModelFamily.Qwen3,
        "smollm3" => ModelFamily.SmolLM3,
        var other => Wrong($"model_type is {other}; llama, mistral, qwen2, qwen3 and smollm3 are supported.", ModelFamily.Llama),
    };

    /// <summary>Heads of keys and values; null says that there are as many as of queries, and each family has a number of its own for a file
    /// that does not say.</summary>
    public int KvHeads(ModelFamily family, int heads) => IsNull("num_key_value_heads") ? heads : Integer("num_key_value_heads", family switch
    {
        ModelFamily.Mistral => 8,
        ModelFamily.Qwen2 or ModelFamily.Qwen3 => 32,
        ModelFamily.SmolLM3 => 4,
        _ => heads,
    });

    /// <summary>Longest sequence.</summary>
    public int Positions(ModelFamily family) => Integer("max_position_embeddings", family switch
    {
        ModelFamily.Llama => 2048,
        ModelFamily.Mistral => 131_072,
        _ => 32_768,
    });

    /// <summary>A head's width where the file states another than D / H.</summary>
    public int? HeadWidth(ModelFamily family, int heads)
    {
        var stated = !IsNull("head_dim") && (Field("head_dim") is not null || family == ModelFamily.Qwen3);
        return stated && Integer("head_dim", 128) is var width && heads > 0 && (long)width * heads != Integer("hidden_size", 0) ? width : null;
    }

    /// <summary>How rotary positions are stretched; newer files say it in <c>rope_parameters</c>.</summary>
    /// <param name="positions">The longest sequence.</param>
    public RotaryScaling? Scaling(int positions)
    {
        foreach (var name in (string[])["rope_scaling", "rope_parameters"])
        {
            if (Field(name) is not { } value)
            {
                continue;
            }

            var inner = new RopeFields(name, value);
            var scaling = inner.Read(positions);
            Problems.AddRange(inner.Problems);
            if (scaling is not null)
            {
                return scaling;
            }
        }

        return null;
    }

    /// <summary>Refuses what this program does not compute, and fields that nobody knows and whose names or values may change the
    /// results.</summary>
    public void RefuseWhatChangesResults()
    {
        Require("hidden_act", "silu");
        if (Flag("mlp_bias", false))
        {
            Problems.Add("mlp_bias is true; a feed-forward part with a bias is not supported.");
        }

        if (Field("quantization_config") is { } value)
        {
            Problems.Add($"quantization_config is {value.GetRawText()}; only models without it are supported.");
        }

        if (Flag("rope_interleaved", false))
        {
            Problems.Add("rope_interleaved is true; positions that turn neighbours are not supported.");
        }

        RequireNumber("partial_rotary_factor", 1);
        foreach (var field in FolderFields.Unknown(FolderFields.Config, _root).Where(FolderFields.MayChangeResults))
        {
            Problems.Add($"{field.Name} is {field.Value.GetRawText()}, which this program does not know; its name says that it may change what "
                + "the model computes.");
        }
    }

    private T Wrong<T>(string problem, T otherwise)
    {
        Problems.Add(problem);
        return otherwise;
    }

    private void Require(string name, string expected)
    {
        if (Field(name) is { } value && !string.Equals(value.ToString(), expected, StringComparison.Ordinal))
        {
            Problems.Add($"{name} is {value}; only {expected} is supported.");
        }
    }

    public void RequireNumber(string name, double expected)
    {
        var found = Number(name, expected);
        if (Math.Abs(found - expected) > 0)
        {
            Problems.Add($"{name} is {found}; only {expected} is supported here.");
        }
    }

    /// <summary>Null when the field is absent or null.</summary>
    public JsonElement? Field(string name) => Given(name) is { ValueKind: not JsonValueKind.Null } value ? value : null;

    /// <summary>Null when the field is absent; a null in the file is a value.</summary>
    private JsonElement? Given(string name) =>
        _root.ValueKind == JsonValueKind.Object && _root.TryGetProperty(name, out var value) ? value : null;

    private int Missing(string name)
    {
        Problems.Add($"{name} is missing.");
        return 0;
    }

    private double Wrong(string name, JsonElement value, string expected)
    {
        Problems.Add($"{name} should be {expected} but is {value.GetRawText()}.");
        return 0;
    }
}
