using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SEAS.Training.Text.Tokenizers;

/// <summary>The files of a tokenizer as they lie on disk: kept whole, so that saving gives back what was loaded.</summary>
/// <param name="Source">The folder or origin, for messages.</param>
/// <param name="Tokenizer">The bytes of <c>tokenizer.json</c>; null where there is only a <c>tokenizer.model</c>.</param>
/// <param name="Config">The bytes of <c>tokenizer_config.json</c>; null if there was none.</param>
internal sealed record TokenizerFiles(string Source, byte[]? Tokenizer, byte[]? Config)
{
    /// <summary>The bytes of <c>tokenizer.model</c>, where there is no <c>tokenizer.json</c>.</summary>
    public byte[]? Model { get; init; }

    /// <summary>How the model wants conversations laid out, in the language Jinja; null if its files do not say.</summary>
    public string? ChatTemplate { get; init; }

    /// <summary>Tokens that end an answer by <c>config.json</c> and <c>generation_config.json</c>.</summary>
    public IReadOnlyList<int> EndIds { get; init; } = [];

    /// <summary>The token that opens a text by <c>config.json</c> or <c>generation_config.json</c>; null if they do not say.</summary>
    public int? BosId { get; init; }

    private const string TokenizerName = "tokenizer.json";
    private const string ModelName = "tokenizer.model";
    private const string ConfigName = "tokenizer_config.json";
    private const string TemplateName = "chat_template.jinja";

    /// <summary>Whether a folder holds one of the two that a tokenizer can be read from.</summary>
    public static bool AreIn(string folder) =>
        File.Exists(Path.Combine(folder, TokenizerName)) || File.Exists(Path.Combine(folder, ModelName));

    /// <summary>Reads the files; <c>tokenizer.json</c> goes before <c>tokenizer.model</c>.</summary>
    /// <exception cref="FileNotFoundException">The folder holds neither.</exception>
    public static TokenizerFiles Read(string folder)
    {
        var (tokenizer, model) = (BytesOf(folder, TokenizerName), (byte[]?)null);
        if (tokenizer is null && (model = BytesOf(folder, ModelName)) is null)
        {
            var found = Directory.Exists(folder) ? "a folder without these files" : "no such folder";
            throw new FileNotFoundException(
                $"Cannot load a tokenizer from '{folder}'. Expected: a folder with {TokenizerName} or {ModelName} in it. Found: {found}. " +
                "Give the path of a Hugging Face model folder.",
                Path.Combine(folder, TokenizerName));
        }

        var (ends, bos) = ModelIds.Read(folder);
        var files = new TokenizerFiles(folder, tokenizer, BytesOf(folder, ConfigName)) { Model = model, EndIds = ends, BosId = bos };
        var template = Path.Combine(folder, TemplateName);
        return files with { ChatTemplate = File.Exists(template) ? File.ReadAllText(template) : files.ConfiguredTemplate() };
    }

    /// <summary>Writes the files into a folder, which is made if need be.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, bytes) in new[] { (TokenizerName, Tokenizer), (ModelName, Model), (ConfigName, Config) })
        {
            if (bytes is not null)
            {
                File.WriteAllBytes(Path.Combine(folder, name), bytes);
            }
        }

        if (ChatTemplate is not null)
        {
            File.WriteAllText(Path.Combine(folder, TemplateName), ChatTemplate);
        }
    }

    /// <summary>The same with a chat template, which stands in <c>tokenizer_config.json</c> too: older programs look there alone.</summary>
    public TokenizerFiles WithTemplate(string template)
    {
        using var config = Open(ConfigName, Config ?? "{}"u8.ToArray());
        var json = JsonObject.Create(config.RootElement)!;
        json["chat_template"] = template;
        json.TryAdd("tokenizer_class", "PreTrainedTokenizerFast");
        return this with { ChatTemplate = template, Config = JsonSerializer.SerializeToUtf8Bytes(json, TrainedFiles.Readable) };
    }

    /// <summary>What the files say.</summary>
    /// <exception cref="InvalidDataException">A file is damaged or asks for something that this project does not know.</exception>
    public TokenizerDefinition Parse()
    {
        try
        {
            return ParseAll();
        }
        catch (InvalidOperationException error)   // a text in the JSON that is no text: half a letter, bytes that are no UTF-8
        {
            throw Damaged(Source, error);
        }
    }

    /// <summary>The tokens that are named for a part (<c>bos_token</c>, <c>pad_token</c> …).</summary>
    public IReadOnlyList<(string Part, string Token)> NamedTokens()
    {
        using var config = Open(ConfigName, Config ?? "{}"u8.ToArray());
        return [.. Settings(config).Named()];
    }

    private TokenizerConfig Settings(JsonDocument config) =>
        new(new JsonFields(Path.Combine(Source, ConfigName), string.Empty, config.RootElement));

    private TokenizerDefinition ParseAll()
    {
        var definition = ParseFiles();
        if (ChatTemplate is not { } template)
        {
            return definition;
        }

        // A template names some of its marks by the part that they play.
        var parts = NamedTokens().Where(named => template.Contains(named.Part, StringComparison.Ordinal)).Select(named => named.Token).ToHashSet();
        return definition with
        {
            Added =
            [
                .. definition.Added.Select(token => token with
                {
                    MarksTurns = parts.Contains(token.Content)
                        || (!string.IsNullOrWhiteSpace(token.Content) && template.Contains(token.Content, StringComparison.Ordinal)),
                }),
            ],
        };
    }

    private TokenizerDefinition ParseFiles()
    {
        using var config = Open(ConfigName, Config ?? "{}"u8.ToArray());
        var settings = Settings(config);
        if (Model is not null)
        {
            var path = Path.Combine(Source, ModelName);
            return TiktokenRanks.Looks(Model)
                ? TiktokenRanks.Read(Model, path, settings)
                : SentencePieceModel.Read(Model, path, settings);
        }

        using var tokenizer = Open(TokenizerName, Tokenizer!);
        return new TokenizerJson(
            new JsonFields(Path.Combine(Source, TokenizerName), string.Empty, tokenizer.RootElement), settings).Parse();
    }

    // Older folders keep the template in the configuration, some of them several by name.
    private string? ConfiguredTemplate()
    {
        try
        {
            return FindTemplate();
        }
        catch (InvalidOperationException error)
        {
            throw Damaged(Path.Combine(Source, ConfigName), error);
        }
    }

    private string? FindTemplate()
    {
        using var config = Open(ConfigName, Config ?? "{}"u8.ToArray());
        if (!config.RootElement.TryGetProperty("chat_template", out var template) || template.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var fields = new JsonFields(Path.Combine(Source, ConfigName), string.Empty, config.RootElement);
        return template.ValueKind == JsonValueKind.String
            ? template.GetString()
            : fields.Items("chat_template").FirstOrDefault(item => item.Text("name") == "default")?.Text("template")
                ?? throw fields.Wrong("chat_template", "a text, or a list with a template named 'default'", template.ValueKind.ToString());
    }

    private static InvalidDataException Damaged(string place, InvalidOperationException error) => new(
        $"{place}: damaged. Expected: a tokenizer's files in UTF-8. Found: {error.Message} Fetch the files again.", error);

    private static byte[]? BytesOf(string folder, string name) =>
        Path.Combine(folder, name) is var path && File.Exists(path) ? File.ReadAllBytes(path) : null;

    private JsonDocument Open(string name, byte[] bytes)
    {
        var json = bytes.AsMemory(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0);
        try
        {
            var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document
                : throw new JsonException($"the file holds {document.RootElement.ValueKind}, not an object");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException(
                $"{Path.Combine(Source, name)}: damaged. Expected: a JSON object. Found: {error.Message} Fetch the file again.", error);
        }
    }
}
