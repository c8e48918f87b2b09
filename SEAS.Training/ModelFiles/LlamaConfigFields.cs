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

    public int Integer(string name, int? otherwise = null)
    {
        if (Field(name) is not { } value)
        {
            return otherwise ?? Missing(name);
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number
            : (int)Wrong(name, value, "a whole number");
    }

    public double Number(string name, double otherwise) => Field(name) is not { } value
        ? otherwise
        : value.ValueKind == JsonValueKind.Number ? value.GetDouble() : Wrong(name, value, "a number");

    public bool Flag(string name, bool otherwise) => Field(name) is not { } value
        ? otherwise
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : Wrong(name, value, "true or false") > 0;

    /// <summary>Newer files keep the base beside the kind of scaling in <c>rope_parameters</c>.</summary>
    public double RopeTheta()
    {
        if (Field("rope_parameters") is { ValueKind: JsonValueKind.Object } nested
            && nested.TryGetProperty("rope_theta", out var theta) && theta.ValueKind == JsonValueKind.Number)
        {
            return theta.GetDouble();
        }

        return Number("rope_theta", 10_000);
    }

    public ModelFamily Family() => Field("model_type")?.ToString() switch
    {
        null or "llama" => ModelFamily.Llama,
        "mistral" => ModelFamily.Mistral,
        "qwen2" => ModelFamily.Qwen2,
        var other => Wrong($"model_type is {other}; llama, mistral and qwen2 are supported.", ModelFamily.Llama),
    };

    /// <summary>Longest sequence. Within a sliding window every token sees all before it, so up to there it changes nothing.</summary>
    public int Positions(ModelFamily family)
    {
        var positions = Integer("max_position_embeddings", family == ModelFamily.Llama ? 2048 : 32_768);
        var slides = family == ModelFamily.Mistral || (family == ModelFamily.Qwen2 && Flag("use_sliding_window", false));
        if (slides && Field("sliding_window") is not null)
        {
            return Math.Min(positions, Integer("sliding_window"));
        }

        if (family == ModelFamily.Llama && Field("sliding_window") is { } window)
        {
            Problems.Add($"sliding_window is {window.GetRawText()}; a Llama has none.");
        }

        return positions;
    }

    /// <summary>A head's width where the file states another than D / H.</summary>
    public int? HeadWidth(int heads) => Field("head_dim") is not null && Integer("head_dim") is var width
        && heads > 0 && width * heads != Integer("hidden_size", 0) ? width : null;

    /// <summary>How rotary positions are stretched; newer files say it in <c>rope_parameters</c>.</summary>
    public RotaryScaling? Scaling()
    {
        foreach (var name in (string[])["rope_scaling", "rope_parameters"])
        {
            if (Field(name) is not { } value)
            {
                continue;
            }

            var inner = new LlamaConfigFields(value);
            var kind = value.ValueKind == JsonValueKind.Object ? (inner.Field("rope_type") ?? inner.Field("type"))?.ToString() : null;
            var scaling = kind switch
            {
                "linear" => new RotaryScaling(RotaryScalingKind.Linear, inner.Number("factor", 0)),
                "dynamic" => new RotaryScaling(RotaryScalingKind.Dynamic, inner.Number("factor", 1)),
                "llama3" => new RotaryScaling(RotaryScalingKind.Llama3, inner.Number("factor", 0))
                {
                    LowFrequencyFactor = inner.Number("low_freq_factor", 0),
                    HighFrequencyFactor = inner.Number("high_freq_factor", 0),
                    OriginalPositions = inner.Integer("original_max_position_embeddings"),
                },
                "default" => null,
                _ => Wrong<RotaryScaling?>(
                    $"{name} asks for {kind ?? value.GetRawText()}; default, linear, dynamic and llama3 are supported.", null),
            };
            Problems.AddRange(inner.Problems.Select(problem => $"{name}: {problem}"));
            if (scaling is not null)
            {
                return scaling;
            }
        }

        return null;
    }

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

        RequireNumber("partial_rotary_factor", 1);
        RequireNumber("attention_dropout", 0);
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

    private void RequireNumber(string name, double expected)
    {
        var found = Number(name, expected);
        if (Math.Abs(found - expected) > 0)
        {
            Problems.Add($"{name} is {found}; only {expected} is supported here.");
        }
    }

    /// <summary>Null when the field is absent or null.</summary>
    private JsonElement? Field(string name) =>
        _root.ValueKind == JsonValueKind.Object && _root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value : null;

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
