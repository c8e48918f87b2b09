using System.Text.Json;
using SEAS.Training.Engine.Models;
using SEAS.Training.Text.Chat;
using SEAS.Training.Text.Tokenizers;

namespace SEAS.Training.ModelFiles;

/// <summary>What a person should know of a model folder that can be used: fields that nobody knows, and files that disagree, with which of
/// them counts and why.</summary>
internal static class FolderNotes
{
    /// <summary>All of it, one sentence or two each.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="config">Its sizes; null where they cannot be read.</param>
    /// <param name="tokenizer">Its tokenizer; null where it cannot be read.</param>
    /// <param name="chat">How its turns are laid out; null where that cannot be said.</param>
    /// <param name="weights">Its weights; null where they cannot be read.</param>
    public static IReadOnlyList<string> Of(
        string folder, LlamaConfig? config, Tokenizer? tokenizer, ChatFormat? chat, WeightFiles? weights) =>
    [
        .. FolderFields.Files.SelectMany(file => Unknown(folder, file)),
        .. tokenizer is null ? [] : Ends(folder, tokenizer),
        .. tokenizer is null ? [] : SpecialTokens(folder),
        .. tokenizer is not null && config is not null ? Beyond(tokenizer, config) : [],
        .. config is not null && weights?.HasTiedHeadToo(config) == true
            ? ["lm_head.weight is among the weights, and config.json ties the head to the embedding (tie_word_embeddings): the embedding counts."]
            : Array.Empty<string>(),
        .. config is { Window: { } window } && window < config.MaxPositions
            ? [$"A token sees {window} tokens back ({(config.WindowLayers is { } some ? $"in {some.Count} of {config.Layers} blocks" : "in every block")}), "
                + $"of a context of {config.MaxPositions}."]
            : Array.Empty<string>(),
        .. Drawing(folder),
        .. chat?.Notes ?? [],
    ];

    private static IEnumerable<string> Unknown(string folder, string file)
    {
        using var json = Open(folder, file);
        var names = json is null ? [] : FolderFields.Unknown(file, json.RootElement).Where(field => !FolderFields.SaysNothing(field.Value))
            .Select(field => field.Name).ToList();
        return names.Count == 0 ? []
            : [$"{file} has {(names.Count == 1 ? "a field" : "fields")} that this program does not know: {string.Join(", ", names)}. "
                + (names.Count == 1 ? "It is not read." : "They are not read.")];
    }

    private static IEnumerable<string> Ends(string folder, Tokenizer tokenizer)
    {
        var said = ModelIds.Files.Select(file => (File: file, Ids: ModelIds.ReadFile(folder, file).Ends)).Where(each => each.Ids.Count > 0)
            .Append((File: "the tokenizer", Ids: tokenizer.EosId is { } eos ? [eos] : [])).Where(each => each.Ids.Count > 0).ToList();
        var differ = said.Any(each => !each.Ids.ToHashSet().SetEquals(said[0].Ids));
        return !differ ? [] :
        [
            $"The files disagree on which tokens end an answer: {string.Join("; ", said.Select(each => $"{each.File} says {string.Join(", ", each.Ids)}"))}. "
                + $"All of them end one ({string.Join(", ", tokenizer.EndIds)}): a model was trained to stop at each.",
        ];
    }

    // Older folders keep the same names in a file of their own.
    private static IEnumerable<string> SpecialTokens(string folder)
    {
        using var map = Open(folder, "special_tokens_map.json");
        using var config = Open(folder, FolderFields.TokenizerConfig);
        var one = map is null ? null : new TokenizerConfig(new JsonFields("special_tokens_map.json", "", map.RootElement));
        var other = new TokenizerConfig(new JsonFields(FolderFields.TokenizerConfig, "", config?.RootElement ?? JsonElement.Parse("{}")));
        foreach (var part in TokenizerConfig.Parts)
        {
            if (one?.TokenName(part) is { } mapped && mapped != other.TokenName(part))
            {
                yield return $"special_tokens_map.json calls {part} '{mapped}', and tokenizer_config.json "
                    + $"{(other.TokenName(part) is { } named ? $"'{named}'" : "names none")}: tokenizer_config.json counts, the other is an older way "
                    + "to say it.";
            }
        }
    }

    private static IEnumerable<string> Beyond(Tokenizer tokenizer, LlamaConfig config)
    {
        var beyond = tokenizer.Unformed.Where(token => token.Id >= config.VocabularySize).ToList();
        return beyond.Count == 0 || ModelFolder.BeyondRows(tokenizer, config) is not null ? [] :
        [
            $"The tokenizer knows {string.Join(", ", beyond.Take(5).Select(token => $"'{token.Content}' ({token.Id})"))} beyond the model's "
                + $"{config.VocabularySize} rows. No text and no template can form {(beyond.Count == 1 ? "it" : "them")}, so the folder can be used.",
        ];
    }

    private static IEnumerable<string> Drawing(string folder)
    {
        using var json = Open(folder, FolderFields.Generation);
        string[] names = json is null ? [] :
            [.. new[] { "temperature", "top_p", "top_k", "min_p", "repetition_penalty" }.Where(name => json.RootElement.TryGetProperty(name, out var value)
                && value.ValueKind == JsonValueKind.Number)];
        return names.Length == 0 ? []
            : [$"generation_config.json recommends {string.Join(", ", names)}; a run draws as its plan says, and a command as its options say."];
    }

    /// <summary>Null where the file is missing or no JSON object; who needs it says so.</summary>
    private static JsonDocument? Open(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        try
        {
            var json = File.Exists(path) ? JsonDocument.Parse(File.ReadAllBytes(path)) : null;
            return json?.RootElement.ValueKind == JsonValueKind.Object ? json : null;
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
