using System.Text.Json;
using SEAS.Training.Engine.Models;

namespace SEAS.Training.ModelFiles;

/// <summary>Reads what a <c>config.json</c> says in <c>rope_scaling</c> or <c>rope_parameters</c>.</summary>
/// <param name="name">The field's name.</param>
/// <param name="value">The field.</param>
internal sealed class RopeFields(string name, JsonElement value)
{
    private static readonly HashSet<string> s_known = new(StringComparer.Ordinal)
    {
        "rope_type", "type", "rope_theta", "factor", "low_freq_factor", "high_freq_factor", "original_max_position_embeddings",
        "attention_factor", "beta_fast", "beta_slow", "mscale", "mscale_all_dim", "truncate", "finetuned", "partial_rotary_factor",
    };

    private readonly LlamaConfigFields _fields = new(value);
    private readonly List<string> _problems = [];

    /// <summary>What is wrong, one sentence each.</summary>
    public IEnumerable<string> Problems => value.ValueKind != JsonValueKind.Object
        ? _problems : _problems.Concat(_fields.Problems.Select(problem => $"{name}: {problem}"));

    /// <summary>The scaling; null where there is none.</summary>
    /// <param name="positions">The longest sequence of the model.</param>
    public RotaryScaling? Read(int positions)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return Unknown(value.GetRawText());
        }

        foreach (var field in value.EnumerateObject().Where(field => !s_known.Contains(field.Name) && !FolderFields.SaysNothing(field.Value)))
        {
            _fields.Problems.Add($"{field.Name} is {field.Value.GetRawText()}, which this program does not know.");
        }

        _fields.RequireNumber("partial_rotary_factor", 1);
        var kind = (_fields.Field("rope_type") ?? _fields.Field("type"))?.ToString();
        switch (kind)
        {
            case "linear":
                return new RotaryScaling(RotaryScalingKind.Linear, _fields.Number("factor", 0));
            case "dynamic":
                return new RotaryScaling(RotaryScalingKind.Dynamic, _fields.Number("factor", 1));
            case "llama3":
                return new RotaryScaling(RotaryScalingKind.Llama3, _fields.Number("factor", 0))
                {
                    LowFrequencyFactor = _fields.Number("low_freq_factor", 0),
                    HighFrequencyFactor = _fields.Number("high_freq_factor", 0),
                    OriginalPositions = _fields.Integer("original_max_position_embeddings"),
                };
            case "yarn":
                return Yarn(positions);
            case "default":
            case null when _fields.Field("rope_theta") is not null:   // a base alone
                return null;
            default:
                return Unknown(kind ?? value.GetRawText());
        }
    }

    private RotaryScaling? Unknown(string kind)
    {
        _problems.Add($"{name} asks for {kind}; default, linear, dynamic, llama3 and yarn are supported.");
        return null;
    }

    private RotaryScaling Yarn(int positions)
    {
        var original = Optional("original_max_position_embeddings") is { } stated ? (int)stated : positions;
        var factor = Optional("factor") ?? (original > 0 ? (double)positions / original : 0);
        return new RotaryScaling(RotaryScalingKind.Yarn, factor)
        {
            OriginalPositions = original,
            BetaFast = Optional("beta_fast") ?? 32,
            BetaSlow = Optional("beta_slow") ?? 1,
            AttentionFactor = Optional("attention_factor")
                ?? (Optional("mscale") is { } own and not 0 && Optional("mscale_all_dim") is { } all and not 0
                ? RotaryScaling.Mscale(factor, own) / RotaryScaling.Mscale(factor, all) : null),
            WholeEnds = _fields.Flag("truncate", true),
        };
    }

    private double? Optional(string name) => _fields.Field(name) is null ? null : _fields.Number(name, 0);
}
