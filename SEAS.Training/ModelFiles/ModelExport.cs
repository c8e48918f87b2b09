using System.Text.Json;
using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace SEAS.Training.ModelFiles;

/// <summary>Takes a model away in the forms that other programs read.</summary>
public static class ModelExport
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    /// <summary>A Hugging Face folder with everything that its readers look for: sizes, weights, tokenizer, chat template, how to
    /// generate.</summary>
    /// <param name="model">The model.</param>
    /// <param name="folder">The folder to make; it is there wholly or not at all.</param>
    /// <param name="precision">How exactly the weights are kept.</param>
    /// <param name="manifest">What the model is.</param>
    /// <exception cref="CheckpointException">The place cannot be written, or a weight does not fit the precision.</exception>
    public static void ToFolder(ModelFolder model, string folder, WeightPrecision precision, CheckpointManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelFolder.Save(folder, model.Model, model.Tokenizer.WithTemplate(model.Chat.Template), manifest, precision, part =>
            File.WriteAllText(Path.Combine(part, "generation_config.json"), Generation(model).ToJsonString(s_indented) + "\n"));
    }

    /// <summary>One GGUF file with tokenizer and chat template, for llama.cpp and what is built on it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file to make; it is there wholly or not at all.</param>
    /// <param name="precision">How exactly the matrices are kept; norms and biases stay float32.</param>
    /// <param name="name">What the file calls the model.</param>
    /// <exception cref="CheckpointException">The format cannot say what this model or its tokenizer is, or the place cannot be
    /// written.</exception>
    public static void ToGguf(ModelFolder model, string path, WeightPrecision precision, string name) =>
        AtomicFile.Write(path, file => ToGguf(model, file, precision, name));

    /// <summary>The same into a stream, which need not seek but must tell how much was written.</summary>
    /// <param name="model">The model.</param>
    /// <param name="target">Where the bytes go.</param>
    /// <param name="precision">How exactly the matrices are kept; norms and biases stay float32.</param>
    /// <param name="name">What the file calls the model.</param>
    /// <exception cref="CheckpointException">The format cannot say what this model or its tokenizer is.</exception>
    public static void ToGguf(ModelFolder model, Stream target, WeightPrecision precision, string name)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var scope = NewDisposeScope();
        var metadata = new GgufMetadata();
        GgufModel.Describe(metadata, model.Model.Config, name, precision);
        GgufVocabulary.Describe(metadata, model.Tokenizer, model.Chat, model.Model.Config.VocabularySize);
        GgufFile.Write(target, metadata, GgufModel.Tensors(model.Model, precision));
    }

    /// <summary>An answer is over at any of the tokens that end a turn.</summary>
    private static JsonObject Generation(ModelFolder model) => new()
    {
        ["bos_token_id"] = model.Tokenizer.ConfiguredBos,
        ["eos_token_id"] = new JsonArray([.. model.Chat.StopIds.Order().Select(id => (JsonNode)id)]),
    };
}
