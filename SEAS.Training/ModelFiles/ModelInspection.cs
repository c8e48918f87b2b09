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
    /// <summary>Looks at a folder; what cannot be used is a problem in the result, not an error.</summary>
    public static ModelInspection Of(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var problems = new List<string>();
        if (!Directory.Exists(folder))
        {
            return new(null, 0, 0, new Dictionary<string, int>(), null, null, [$"There is no folder {folder}."]);
        }

        var config = Try(() => LlamaConfigFile.Read(Path.Combine(folder, "config.json")));
        var tokenizer = Try(() => Tokenizer.Load(folder));
        var chat = tokenizer is null ? null : Try(() => ChatFormat.For(tokenizer));
        if (tokenizer is not null && config is not null && tokenizer.VocabularySize > config.VocabularySize)
        {
            problems.Add(
                $"The tokenizer knows {tokenizer.VocabularySize} tokens, but vocab_size is {config.VocabularySize}: "
                + "use the tokenizer and the weights of the same model.");
        }

        using var weights = Try(() => new WeightFiles(folder));
        if (weights is not null && config is not null)
        {
            problems.AddRange(weights.Mismatches(config));
        }

        return new(
            config, weights?.Files ?? 0, weights?.Entries.Sum(entry => entry.Bytes) ?? 0,
            weights?.Entries.CountBy(entry => entry.Type).OrderByDescending(type => type.Value).ToDictionary() ?? [],
            tokenizer?.VocabularySize, chat?.Marks, problems);

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
