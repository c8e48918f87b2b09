using System.Text.Json;
using System.Text.Json.Nodes;
using SEAS.Tests.Support;
using SEAS.Training.Engine.Models;
using SEAS.Training.ModelFiles;
using SEAS.Training.Text.Tokenizers;
using TorchSharp;

namespace SEAS.Tests.ModelFiles;

/// <summary>A Hugging Face folder of a few thousand random numbers: each byte a token, then the tokens that were added.</summary>
internal sealed class TinyFolder : IDisposable
{
    /// <summary>A template in ChatML.</summary>
    public const string ChatMl =
        "{% for m in messages %}{{ '<|im_start|>' + m['role'] + '\n' + m['content'] + '<|im_end|>\n' }}{% endfor %}"
        + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

    private readonly TemporaryFolder _folder = new();

    /// <param name="special">Tokens that are declared special; ids from 256.</param>
    /// <param name="plain">Tokens that are not, behind them.</param>
    /// <param name="template">The chat template; null for none.</param>
    /// <param name="config">Fields of config.json in place of the usual ones; null takes a field away if its value is the text "absent".</param>
    /// <param name="tokenizerConfig">tokenizer_config.json.</param>
    /// <param name="rows">Rows of the embedding; null for one per token.</param>
    /// <param name="tiedHeadAlone">Whether the tied matrix is kept as lm_head.weight.</param>
    public TinyFolder(
        string[]? special = null, string[]? plain = null, string? template = ChatMl, string config = "{}", string tokenizerConfig = "{}",
        int? rows = null, bool tiedHeadAlone = false)
    {
        special ??= ["<|im_start|>", "<|im_end|>"];
        plain ??= [];
        var tokens = 256 + special.Length + plain.Length;
        var json = new JsonObject
        {
            ["model_type"] = "llama", ["hidden_size"] = 16, ["intermediate_size"] = 32, ["num_hidden_layers"] = 2, ["num_attention_heads"] = 2,
            ["num_key_value_heads"] = 2, ["vocab_size"] = rows ?? tokens, ["max_position_embeddings"] = 128, ["rms_norm_eps"] = 1e-5,
            ["tie_word_embeddings"] = true,
        };
        foreach (var (name, value) in JsonNode.Parse(config)!.AsObject())
        {
            json[name] = value?.DeepClone();
        }

        Write("config.json", json.ToJsonString());
        Write("tokenizer.json", Tokenizer(special, plain).ToJsonString());
        Write("tokenizer_config.json", tokenizerConfig);
        if (template is not null)
        {
            Write("chat_template.jinja", template);
        }

        using var model = LlamaModel.Random(LlamaConfigFile.Read(System.IO.Path.Combine(Path, "config.json")), 3, torch.CPU);
        SafetensorsWriter.Write(
            System.IO.Path.Combine(Path, "model.safetensors"),
            [.. model.Parameters.Select(parameter => (
                tiedHeadAlone && parameter.Name == LlamaParameters.Embedding ? LlamaParameters.Head : parameter.Name,
                (torch.Tensor)parameter.Value))]);
    }

    public string Path => _folder.Path;

    public void Write(string name, string text) => _folder.Write(name, text);

    /// <summary>The folder as a model.</summary>
    public ModelFolder Load() => ModelFolder.Load(Path, torch.CPU);

    /// <summary>The folder as a Hugging Face folder again.</summary>
    public string Export(TemporaryFolder place)
    {
        using var model = Load();
        var folder = System.IO.Path.Combine(place.Path, "out");
        ModelExport.ToFolder(model, folder, WeightPrecision.Float32, new CheckpointManifest("base", 0, null, null, 0));
        return folder;
    }

    /// <summary>A field of a JSON file of a folder.</summary>
    public static string Field(string folder, string file, string field)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(System.IO.Path.Combine(folder, file)));
        return json.RootElement.TryGetProperty(field, out var value) ? JsonSerializer.Serialize(value) : "absent";
    }

    /// <summary>tokenizer.json of a byte-level vocabulary without merges.</summary>
    public static JsonObject Tokenizer(string[] special, string[] plain, JsonNode? normalizer = null, Action<JsonObject>? change = null)
    {
        var vocabulary = new JsonObject();
        for (var value = 0; value < 256; value++)
        {
            vocabulary[ByteAlphabet.Write([(byte)value])] = value;
        }

        var json = new JsonObject
        {
            ["version"] = "1.0",
            ["added_tokens"] = new JsonArray([.. special.Concat(plain).Select((content, index) => (JsonNode)new JsonObject
            {
                ["id"] = 256 + index, ["content"] = content, ["single_word"] = false, ["lstrip"] = false, ["rstrip"] = false,
                ["normalized"] = false, ["special"] = index < special.Length,
            })]),
            ["normalizer"] = normalizer,
            ["pre_tokenizer"] = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["use_regex"] = true },
            ["post_processor"] = null,
            ["decoder"] = new JsonObject { ["type"] = "ByteLevel" },
            ["model"] = new JsonObject { ["type"] = "BPE", ["vocab"] = vocabulary, ["merges"] = new JsonArray() },
        };
        change?.Invoke(json);
        return json;
    }

    public void Dispose() => _folder.Dispose();
}
