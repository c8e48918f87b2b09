using System.Text.Json;

namespace SEAS.Training.ModelFiles;

/// <summary>What becomes of each field that the files of public model folders carry.</summary>
/// <remarks>A field stands in exactly one list of its file. What stands in none is told by <c>doctor</c>, and refused in config.json and
/// adapter_config.json where it may change what is computed.</remarks>
internal static class FolderFields
{
    public const string Config = "config.json";
    public const string Generation = "generation_config.json";
    public const string TokenizerConfig = "tokenizer_config.json";
    public const string Tokenizer = "tokenizer.json";
    public const string Adapter = PeftConfig.FileName;

    private static readonly Dictionary<string, (FieldUse Use, string[] Names)[]> s_files = new(StringComparer.Ordinal)
    {
        [Config] =
        [
            (FieldUse.Honoured,
            [
                "model_type", "hidden_size", "num_hidden_layers", "num_attention_heads", "num_key_value_heads", "intermediate_size", "vocab_size",
                "max_position_embeddings", "rms_norm_eps", "rope_theta", "rope_scaling", "rope_parameters", "tie_word_embeddings", "head_dim",
                "attention_bias", "sliding_window", "use_sliding_window", "max_window_layers", "layer_types", "no_rope_layers",
                "no_rope_layer_interval", "eos_token_id", "bos_token_id",
            ]),
            (FieldUse.Checked, ["hidden_act", "mlp_bias", "partial_rotary_factor", "quantization_config", "rope_interleaved"]),
            (FieldUse.Described,
            [
                "architectures", "torch_dtype", "dtype", "transformers_version", "_name_or_path", "initializer_range", "use_cache",
                "pretraining_tp", "pad_token_id", "auto_map", "unsloth_version", "unsloth_fixed", "_attn_implementation_autoset",
                "attn_implementation", "_attn_implementation", "attention_dropout", "hidden_dropout", "dropout", "is_llama_config",
                "output_attentions", "output_hidden_states", "return_dict", "problem_type", "id2label", "label2id", "task_specific_params",
                "keys_to_ignore_at_inference", "max_sequence_length", "transformers.js_config", "license", "model_name",
                "torchscript", "chunk_size_feed_forward", "is_decoder", "is_encoder_decoder", "add_cross_attention", "tie_encoder_decoder",
                "finetuning_task", "prefix", "tokenizer_class", "sep_token_id", "decoder_start_token_id", "cross_attention_hidden_size",
            ]),
        ],
        [Generation] =
        [
            (FieldUse.Honoured, ["eos_token_id", "bos_token_id"]),
            (FieldUse.Described,   // a run draws as its plan says
            [
                "temperature", "top_p", "top_k", "do_sample", "repetition_penalty", "max_length", "max_new_tokens", "pad_token_id",
                "transformers_version", "_from_model_config", "min_p", "typical_p", "num_beams", "use_cache", "trust_remote_code",
                "cache_implementation", "length_penalty", "no_repeat_ngram_size", "early_stopping", "renormalize_logits",
            ]),
        ],
        [TokenizerConfig] =
        [
            (FieldUse.Honoured,
            [
                "bos_token", "eos_token", "unk_token", "pad_token", "sep_token", "cls_token", "mask_token", "additional_special_tokens",
                "extra_special_tokens", "added_tokens_decoder", "add_bos_token", "add_eos_token", "chat_template",
            ]),
            (FieldUse.Described,
            [
                "tokenizer_class", "model_max_length", "padding_side", "truncation_side", "clean_up_tokenization_spaces", "legacy",
                "use_default_system_prompt", "spaces_between_special_tokens", "model_input_names", "name_or_path", "special_tokens_map_file",
                "sp_model_kwargs", "errors", "split_special_tokens", "add_prefix_space", "tokenizer_file", "vocab_size", "trust_remote_code",
                "auto_map", "max_length", "stride", "truncation_strategy", "return_token_type_ids", "use_fast", "is_local", "backend",
                "fast_tokenizer", "processor_class", "from_slow", "device_map", "pad_to_multiple_of", "pad_token_type_id", "transformers_version",
                "response_schema", "local_files_only", "init_inputs", "padding", "truncation",
            ]),
        ],
        [Tokenizer] =
        [
            (FieldUse.Honoured, ["added_tokens", "normalizer", "pre_tokenizer", "post_processor", "decoder", "model"]),
            (FieldUse.Described, ["version", "truncation", "padding"]),
        ],
        [Adapter] =
        [
            (FieldUse.Honoured, ["base_model_name_or_path", "r", "lora_alpha", "use_rslora", "target_modules"]),
            (FieldUse.Checked,
            [
                "peft_type", "bias", "init_lora_weights", "fan_in_fan_out", "use_dora", "modules_to_save", "rank_pattern", "alpha_pattern",
                "layer_replication", "lora_bias", "trainable_token_indices", "megatron_config", "loftq_config", "target_parameters", "use_qalora",
                "corda_config", "alora_invocation_tokens", "use_bdlora", "lora_ga_config",
            ]),
            (FieldUse.Described,
            [
                "task_type", "lora_dropout", "inference_mode", "revision", "auto_mapping", "peft_version", "layers_to_transform",
                "layers_pattern", "exclude_modules", "runtime_config", "megatron_core", "eva_config", "ensure_weight_tying", "arrow_config",
                "qalora_group_size", "peft_type_version",
            ]),
        ],
    };

    // Parts of names of fields that change what decoders compute.
    private static readonly string[] s_mathematics =
    [
        "scal", "softcap", "bias", "norm", "rope", "rotary", "window", "attn", "attention", "expert", "moe", "multiplier", "clip", "alibi",
        "quant", "head", "layer", "mlp", "logit", "residual", "position", "act", "embed", "hidden", "gate", "sink", "router", "chunk", "parallel",
        "conv", "ssm", "mamba", "lora", "dim", "block", "mup", "temperature", "theta", "kv_",
    ];

    /// <summary>The files that have a table.</summary>
    public static IEnumerable<string> Files => s_files.Keys;

    /// <summary>What becomes of a field; null where nobody knows it.</summary>
    public static FieldUse? Of(string file, string name) =>
        s_files[file].Where(list => list.Names.Contains(name)).Select(list => (FieldUse?)list.Use).FirstOrDefault();

    /// <summary>All fields of a file's table.</summary>
    public static IEnumerable<string> Names(string file) => s_files[file].SelectMany(list => list.Names);

    /// <summary>Fields of a file that stand in no list.</summary>
    public static IEnumerable<JsonProperty> Unknown(string file, JsonElement root) => root.ValueKind != JsonValueKind.Object
        ? [] : root.EnumerateObject().Where(field => Of(file, field.Name) is null);

    /// <summary>Whether an unknown field of config.json may change what the model computes: it says something, and is called so.</summary>
    public static bool MayChangeResults(JsonProperty field) => !SaysNothing(field.Value)
        && s_mathematics.Any(part => field.Name.Contains(part, StringComparison.OrdinalIgnoreCase));

    /// <summary>Null, false, or nothing in a list or an object.</summary>
    public static bool SaysNothing(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => true,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    };
}

/// <summary>What becomes of a field.</summary>
internal enum FieldUse
{
    /// <summary>It decides what is computed or written, as it does for its makers.</summary>
    Honoured,

    /// <summary>Only the value that changes nothing is taken; any other is refused by name.</summary>
    Checked,

    /// <summary>It says nothing about what is computed here: how it was trained, by what it was written, how others draw or pad.</summary>
    Described,
}
