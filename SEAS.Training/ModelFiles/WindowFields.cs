using System.Text.Json;
using SEAS.Training.Engine.Models;

namespace SEAS.Training.ModelFiles;

/// <summary>Which blocks of a <c>config.json</c> see how far back, and which turn by positions.</summary>
internal static class WindowFields
{
    private const string Sliding = "sliding_attention";
    private const string Full = "full_attention";

    /// <summary>The same configuration with its windows and its blocks that do not turn.</summary>
    public static LlamaConfig With(LlamaConfig config, LlamaConfigFields fields)
    {
        var unturned = config.Family == ModelFamily.SmolLM3 ? Unturned(config.Layers, fields) : null;
        var window = Window(config.Family, fields);
        var stated = Stated(config.Layers, fields);
        var layers = config.Family switch
        {
            ModelFamily.Llama or ModelFamily.Mistral => null,
            _ when stated is not null => stated,
            ModelFamily.SmolLM3 => unturned,
            _ => From(fields.IsNull("max_window_layers") ? 0 : fields.Integer("max_window_layers", 28), config.Layers),
        };
        if (stated is not null && config.Family is ModelFamily.Llama or ModelFamily.Mistral
            && stated is not null && stated.Count != (window is null ? 0 : config.Layers))
        {
            fields.Problems.Add("layer_types names blocks with and without a sliding window; all blocks of this family are alike.");
        }

        if (stated?.Count > 0 && window is null)
        {
            fields.Problems.Add($"layer_types names blocks with {Sliding}, but no sliding window is set (use_sliding_window, sliding_window).");
        }

        return config with
        {
            Window = layers?.Count == 0 ? null : window,
            WindowLayers = window is null || layers is null || layers.Count == 0 || layers.Count >= config.Layers ? null : layers,
            UnturnedLayers = unturned?.Count > 0 ? unturned : null,
        };
    }

    // Null is what a file says that means no window; one that says nothing gets the family's own.
    private static int? Window(ModelFamily family, LlamaConfigFields fields)
    {
        if (family == ModelFamily.Llama)
        {
            if (fields.Field("sliding_window") is { } window)
            {
                fields.Problems.Add($"sliding_window is {window.GetRawText()}; a Llama has none.");
            }

            return null;
        }

        var none = fields.IsNull("sliding_window") || (family == ModelFamily.SmolLM3 && fields.Field("sliding_window") is null);
        return none || (family != ModelFamily.Mistral && !fields.Flag("use_sliding_window", false))
            ? null : fields.Integer("sliding_window", 4096);
    }

    private static LayerSet From(int first, int layers) => new(Enumerable.Range(0, Math.Max(0, layers)).Where(layer => layer >= first));

    private static LayerSet? Stated(int layers, LlamaConfigFields fields)
    {
        if (fields.Field("layer_types") is not { } list)
        {
            return null;
        }

        var types = list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(type => type.ToString()).ToList() : [];
        if (types.Count != layers || types.Any(type => type is not (Sliding or Full)))
        {
            fields.Problems.Add($"layer_types should be a list of {layers} times {Full} or {Sliding} but is {list.GetRawText()}.");
            return null;
        }

        return new LayerSet(types.Index().Where(type => type.Item == Sliding).Select(type => type.Index));
    }

    private static LayerSet Unturned(int layers, LlamaConfigFields fields)
    {
        if (fields.Field("no_rope_layers") is not { } list)
        {
            var every = fields.Integer("no_rope_layer_interval", 4);
            return new LayerSet(every < 1 ? [] : Enumerable.Range(0, Math.Max(0, layers)).Where(layer => (layer + 1) % every == 0));
        }

        var turns = list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(flag => flag.ToString()).ToList() : [];
        if (turns.Count != layers || turns.Any(flag => flag is not ("0" or "1")))
        {
            fields.Problems.Add($"no_rope_layers should be a list of {layers} numbers, 1 or 0, but is {list.GetRawText()}.");
        }

        return new LayerSet(turns.Index().Where(flag => flag.Item == "0").Select(flag => flag.Index));
    }
}
