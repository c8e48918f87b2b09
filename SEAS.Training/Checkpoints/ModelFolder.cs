using SEAS.Training.Models;
using SEAS.Training.Tokenization;
using static TorchSharp.torch;

namespace SEAS.Training.Checkpoints;

/// <summary>A model with its tokenizer, as Hugging Face keeps them: a folder with config.json, model.safetensors and
/// tokenizer.json.</summary>
/// <param name="Model">The weights.</param>
/// <param name="Tokenizer">Text to ids and back.</param>
/// <param name="Chat">How the model marks turns.</param>
public sealed record ModelFolder(LlamaModel Model, Tokenizer Tokenizer, ChatFormat Chat) : IDisposable
{
    private const string Config = "config.json";

    /// <summary>Reads a model folder. Float16 and bfloat16 weights become float32.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="device">Where the weights shall live.</param>
    /// <param name="chat">A chat format in place of the folder's own: the name of a built-in one or the path of a template; null keeps
    /// the folder's. Saved with the model.</param>
    /// <exception cref="CheckpointException">Something is missing, damaged, or not supported; the message names it.</exception>
    public static ModelFolder Load(string folder, Device device, string? chat = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(device);
        if (!Directory.Exists(folder))
        {
            throw new CheckpointException(
                $"There is no model folder {folder}. Give the path of a folder with {Config}, {WeightFiles.Single} and tokenizer.json.");
        }

        var config = LlamaConfigFile.Read(Path.Combine(folder, Config));
        CheckChecksum(folder);
        var tokenizer = Tokenizer.Load(folder, chat is null ? null : BuiltInTemplates.Resolve(chat));
        if (tokenizer.VocabularySize > config.VocabularySize)
        {
            throw new CheckpointException(
                $"The tokenizer in {folder} knows {tokenizer.VocabularySize} tokens, "
                + $"but the model's vocab_size is {config.VocabularySize}. "
                + "Use the tokenizer and the weights of the same model.");
        }

        using var weights = new WeightFiles(folder);
        return new ModelFolder(weights.Build(config, device), tokenizer, ChatFormat.For(tokenizer));
    }

    /// <summary>Saves a model so that the folder is either wholly there or not at all.</summary>
    /// <remarks>Everything is written beside the folder and then renamed. A folder of that name is replaced;
    /// what an interrupted save left is removed.</remarks>
    /// <param name="folder">The folder to make.</param>
    /// <param name="model">The weights.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="manifest">What the model is; the checksum is filled in.</param>
    /// <param name="precision">How exactly the weights are kept.</param>
    /// <exception cref="CheckpointException">The disk is full or the place cannot be written; nothing half-written remains.</exception>
    public static void Save(
        string folder, LlamaModel model, Tokenizer tokenizer, CheckpointManifest manifest,
        WeightPrecision precision = WeightPrecision.Float32) => Save(folder, model, tokenizer, manifest, precision, null);

    /// <summary>The same with files of the caller's beside.</summary>
    internal static void Save(
        string folder, LlamaModel model, Tokenizer tokenizer, CheckpointManifest manifest, WeightPrecision precision,
        Action<string>? beside)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(manifest);
        AtomicFolder.Write(folder, part =>
        {
            var weights = Path.Combine(part, WeightFiles.Single);
            LlamaConfigFile.Write(Path.Combine(part, Config), model.Config, tokenizer.BosId, tokenizer.EosId, precision);
            SafetensorsWriter.Write(
                weights, [.. model.Parameters.Select(parameter => (parameter.Name, (Tensor)parameter.Value))], precision);
            tokenizer.Save(part);
            beside?.Invoke(part);
            (manifest with { WeightsSha256 = WeightsChecksum.OfFile(weights) }).Write(part);
        });
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose() => Model.Dispose();

    private static void CheckChecksum(string folder)
    {
        var path = Path.Combine(folder, WeightFiles.Single);
        if (CheckpointManifest.Read(folder)?.WeightsSha256 is { } expected && File.Exists(path) && WeightsChecksum.OfFile(path) is var found
            && !string.Equals(expected, found, StringComparison.OrdinalIgnoreCase))
        {
            throw new CheckpointException(
                $"The weights file {path} is damaged: its SHA-256 should be {expected} (manifest.json) but is {found}. "
                + "Restore it from a copy.");
        }
    }
}
