using System.Globalization;
using SEAS.Training.Engine.Models;
using SEAS.Training.Text.Chat;
using SEAS.Training.Text.Templates.Values;
using SEAS.Training.Text.Tokenizers;

namespace SEAS.Training.ModelFiles;

/// <summary>What a model folder is, found without reading its weights.</summary>
/// <param name="Config">The sizes; null where config.json cannot be used.</param>
/// <param name="WeightFiles">How many files hold the weights.</param>
/// <param name="WeightBytes">Bytes of all tensors on disk.</param>
/// <param name="Precisions">Element types, with how many tensors have them.</param>
/// <param name="Tokens">Tokens that the tokenizer knows; null where it cannot be read.</param>
/// <param name="Marks">What marks the turns of a conversation; null where that cannot be said.</param>
/// <param name="Problems">Everything that keeps the folder from being loaded; each says what to do.</param>
public sealed record ModelInspection(
    LlamaConfig? Config,
    int WeightFiles,
    long WeightBytes,
    IReadOnlyDictionary<string, int> Precisions,
    int? Tokens,
    TurnMarks? Marks,
    IReadOnlyList<string> Problems)
{
    /// <summary>What a person should know of a folder that can be used: unknown fields, files that disagree and which of them counts.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What the adapter is, where the folder holds one; the rest is then its base's.</summary>
    public string? Adapter { get; init; }

    /// <summary>Looks at a folder; what cannot be used is a problem in the result, not an error.</summary>
    /// <param name="folder">A model folder, or an adapter's.</param>
    /// <param name="origin">Where the base of an adapter's folder lies, if not where the adapter says.</param>
    public static ModelInspection Of(string folder, string? origin = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return PeftFolder.IsOne(folder) ? OfAdapter(folder, origin) : OfModel(folder);
    }

    private static ModelInspection OfAdapter(string folder, string? origin)
    {
        string? adapter = null;
        try
        {
            var (config, tensors, bytes) = PeftFolder.Look(folder);
            adapter = string.Create(CultureInfo.InvariantCulture,
                $"a LoRA adapter of rank {config.Rank}, scale {config.Scale:0.###}, {tensors} tensors of {bytes / 1024.0:#,0} KiB");
            var place = PeftFolder.BaseOf(folder, origin);
            var found = PeftFolder.IsOne(place) ? OfAdapter(place, null) : OfModel(place);
            return found with { Adapter = $"{adapter}, on {place}" };
        }
        catch (CheckpointException error)
        {
            return new(null, 0, 0, new Dictionary<string, int>(), null, null, [error.Message]) { Adapter = adapter };
        }
    }

    private static ModelInspection OfModel(string folder)
    {
        var problems = new List<string>();
        if (!Directory.Exists(folder))
        {
            return new(null, 0, 0, new Dictionary<string, int>(), null, null, [$"There is no folder {folder}."]);
        }

        var config = Try(() => LlamaConfigFile.Read(Path.Combine(folder, "config.json")));
        var tokenizer = Try(() => Tokenizer.Load(folder));
        var chat = tokenizer is null ? null : Try(() => ChatFormat.For(tokenizer));
        if (tokenizer is not null && config is not null && ModelFolder.BeyondRows(tokenizer, config) is { } beyond)
        {
            problems.Add($"The tokenizer {beyond}");
        }

        using var weights = Try(() => new WeightFiles(folder));
        if (weights is not null && config is not null)
        {
            problems.AddRange(weights.Mismatches(config));
        }

        return new(
            config, weights?.Files ?? 0, weights?.Entries.Sum(entry => entry.Bytes) ?? 0,
            weights?.Entries.CountBy(entry => entry.Type).OrderByDescending(type => type.Value).ToDictionary() ?? [],
            tokenizer?.VocabularySize, chat?.Marks, problems) { Notes = FolderNotes.Of(folder, config, tokenizer, chat, weights) };

        T? Try<T>(Func<T> read)
            where T : class
        {
            try
            {
                return read();
            }
            catch (Exception error) when (error is CheckpointException or ChatTemplateException or InvalidDataException or IOException
                or UnauthorizedAccessException or System.Text.Json.JsonException)
            {
                problems.Add(error.Message);
                return null;
            }
        }
    }
}
