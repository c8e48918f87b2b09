using SEAS.Training.Engine.Models;
using SEAS.Training.Text.Chat;
using SEAS.Training.Text.Tokenizers;
using static TorchSharp.torch;

namespace SEAS.Training.ModelFiles;

/// <summary>A model with its tokenizer, as Hugging Face keeps them: a folder with config.json, model.safetensors and
/// tokenizer.json.</summary>
/// <param name="Model">The weights.</param>
/// <param name="Tokenizer">Text to ids and back.</param>
/// <param name="Chat">How the model marks turns.</param>
public sealed record ModelFolder(LlamaModel Model, Tokenizer Tokenizer, ChatFormat Chat) : IDisposable
{
    private const string Config = "config.json";
    private const int MostAdapters = 100;

    /// <summary>Whether a folder says that it holds a model, or an adapter for one.</summary>
    public static bool IsOne(string folder) => File.Exists(Path.Combine(folder, Config)) || PeftFolder.IsOne(folder);

    /// <summary>Reads a model folder. Weights become float32, or, if asked for, bfloat16. Of a folder with a LoRA adapter alone (PEFT's),
    /// the base is read and the adapter added to it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="device">Where the weights shall live.</param>
    /// <param name="chat">A chat format in place of the folder's own: the name of a built-in one or the path of a template; null keeps
    /// the folder's. Saved with the model.</param>
    /// <param name="origin">Where the base of an adapter's folder lies, if not where the adapter says.</param>
    /// <param name="weights">How matrices are kept in memory: float32 or bfloat16.</param>
    /// <exception cref="CheckpointException">Something is missing, damaged, or not supported; the message names it.</exception>
    public static ModelFolder Load(
        string folder, Device device, string? chat = null, string? origin = null, WeightPrecision weights = WeightPrecision.Float32) =>
        Load(folder, device, chat, origin, weights.InMemory(), shelf: null, depth: 0);

    /// <summary>The same on weights that are read once for several models.</summary>
    /// <param name="folder">A model folder, an adapter's, or a run's checkpoint: its adapters are then found beside its weights.</param>
    /// <param name="device">Where the weights shall live.</param>
    /// <param name="chat">As above.</param>
    /// <param name="weights">As above; the same for all that one shelf serves.</param>
    /// <param name="shelf">The weights that were read already.</param>
    internal static ModelFolder Load(string folder, Device device, string? chat, WeightPrecision weights, BaseShelf shelf) =>
        Load(folder, device, chat, origin: null, weights.InMemory(), shelf, depth: 0);

    private static ModelFolder Load(
        string folder, Device device, string? chat, string? origin, ScalarType matrices, BaseShelf? shelf, int depth)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(device);
        CheckpointManifest.RequireFiles(folder);
        if (shelf is not null && Directory.Exists(folder) && BaseShelf.Behind(folder) is { } behind)
        {
            var config = LlamaConfigFile.Read(Path.Combine(folder, Config));
            var tokenizer = LoadTokenizer(folder, chat, config);
            return Load(behind, device, chat, origin: null, matrices, shelf, depth + 1) with
            {
                Tokenizer = tokenizer, Chat = ChatFormat.For(tokenizer),
            };
        }

        if (!Directory.Exists(folder))
        {
            throw new CheckpointException(
                $"There is no model folder {folder}. Give the path of a folder with {Config}, {WeightFiles.Single} and tokenizer.json.");
        }

        if (PeftFolder.IsOne(folder))
        {
            return LoadAdapted(folder, PeftFolder.BaseOf(folder, origin), device, chat, matrices, shelf, depth);
        }

        return LoadPlain(folder, device, chat, matrices, shelf);
    }

    private static ModelFolder LoadPlain(string folder, Device device, string? chat, ScalarType matrices, BaseShelf? shelf)
    {
        var config = LlamaConfigFile.Read(Path.Combine(folder, Config));
        var expected = CheckpointManifest.Read(folder)?.WeightsSha256;
        var tokenizer = LoadTokenizer(folder, chat, config);
        var format = ChatFormat.For(tokenizer);
        if (shelf is not null)
        {
            return new ModelFolder(shelf.Open(folder, () => LoadPlain(folder, device, chat, matrices, shelf: null).Model), tokenizer, format);
        }

        using var weights = new WeightFiles(folder);

        // The checksum takes about as long as the reading, so the two go side by side; both see the same bytes of the system's cache.
        var single = Path.Combine(folder, WeightFiles.Single);
        var check = expected is not null && File.Exists(single) ? new WeightsCheck(single, expected) : null;
        var model = weights.Build(config, device, matrices);
        try
        {
            check?.Finish();
            return new ModelFolder(model, tokenizer, format);
        }
        catch
        {
            model.Dispose();
            throw;
        }
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
        WeightPrecision precision = WeightPrecision.Float32) => Save(folder, model, tokenizer, manifest, precision, beside: null, isSummed: false);

    /// <summary>The same with files of the caller's beside, and the checksums of all of them where nobody but the program changes them.</summary>
    internal static void Save(
        string folder, LlamaModel model, Tokenizer tokenizer, CheckpointManifest manifest, WeightPrecision precision,
        Action<string>? beside, bool isSummed = false)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(manifest);
        AtomicFolder.Write(folder, part =>
        {
            var weights = Path.Combine(part, WeightFiles.Single);
            LlamaConfigFile.Write(Path.Combine(part, Config), model.Config, tokenizer.ConfiguredBos, tokenizer.EndIds, precision);
            SafetensorsWriter.Write(
                weights, [.. model.Parameters.Select(parameter => (parameter.Name, (Tensor)parameter.Value))], precision, model.Whole);
            tokenizer.Save(part);
            beside?.Invoke(part);
            (manifest with { WeightsSha256 = WeightsChecksum.OfFile(weights) }).Write(part, isSummed);
        });
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose() => Model.Dispose();

    private static ModelFolder LoadAdapted(
        string folder, string origin, Device device, string? chat, ScalarType matrices, BaseShelf? shelf, int depth)
    {
        var model = depth < MostAdapters ? Load(origin, device, chat, origin: null, matrices, shelf, depth + 1) : throw new CheckpointException(
            $"The adapter {folder} sits on {depth} others. Do they name each other as their base? Merge them first (export-model).");
        try
        {
            using var learnt = PeftFolder.Read(folder, model.Model);
            learnt.MergeInto(model.Model);
            if (!Tokenizer.IsIn(folder))
            {
                return model;
            }

            // What ends an answer of the base ends one of the adapter's, whatever its own files leave out.
            var tokenizer = LoadTokenizer(folder, chat, model.Model.Config).WithEndIds(model.Tokenizer.EndIds);
            return model with { Tokenizer = tokenizer, Chat = ChatFormat.For(tokenizer) };
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private static Tokenizer LoadTokenizer(string folder, string? chat, LlamaConfig config)
    {
        var tokenizer = Tokenizer.Load(folder, chat is null ? null : BuiltInTemplates.Resolve(chat));
        return BeyondRows(tokenizer, config) is { } problem ? throw new CheckpointException($"The tokenizer in {folder} {problem}") : tokenizer;
    }

    /// <summary>What is wrong where a tokenizer knows tokens that the model has no rows for; null where no text and no template can form
    /// one of them, as a padding token that was added later.</summary>
    internal static string? BeyondRows(Tokenizer tokenizer, LlamaConfig config)
    {
        var rows = config.VocabularySize;
        var harmless = tokenizer.Unformed.Where(token => token.Id >= rows).Select(token => token.Id).ToHashSet();
        if (tokenizer.VocabularySize - harmless.Count <= rows && Enumerable.Range(rows, Math.Max(0, tokenizer.VocabularySize - rows)).All(harmless.Contains))
        {
            return null;
        }

        var formed = tokenizer.Definition().Added.Where(token => token.Id >= rows && !harmless.Contains(token.Id)).ToList();
        return $"knows {tokenizer.VocabularySize} tokens, but the model has rows for {rows} (vocab_size). "
            + (formed.Count > 0
                ? $"Beyond them {(formed.Count == 1 ? "is" : "are")} {string.Join(", ", formed.Take(5).Select(token => $"'{token.Content}' ({token.Id})"))}, "
                    + "which texts or the chat template can form. Resize the model's embedding to the tokenizer (resize_token_embeddings), or take "
                    + "the token out of the tokenizer's files."
                : "Use the tokenizer and the weights of the same model.");
    }
}
