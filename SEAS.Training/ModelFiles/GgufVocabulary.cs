using SEAS.Training.Text.Chat;
using SEAS.Training.Text.PreTokenizers;
using SEAS.Training.Text.Tokenizers;

namespace SEAS.Training.ModelFiles;

/// <summary>A tokenizer in GGUF's words, so that llama.cpp cuts text as this project does.</summary>
/// <remarks>What the format cannot say is refused by name: a file that quietly cuts text otherwise would make another model of it.
/// Two things are let go, as by everyone who writes such files: text outside Unicode's form NFC, which Qwen2's files compose and llama.cpp
/// leaves, and text that begins with a space, which gets no second one from a Metaspace vocabulary (TinyLlama) and does there.</remarks>
internal static class GgufVocabulary
{
    private static readonly HashSet<string> s_knownEnds = new(StringComparer.Ordinal)
    {
        "<|eot_id|>", "<|im_end|>", "<|end|>", "<end_of_turn>", "<|endoftext|>", "<|end_of_text|>", "<|eom_id|>",
    };

    private enum TokenType
    {
        Normal = 1,
        Unknown = 2,
        Control = 3,
        UserDefined = 4,
        Unused = 5,
        Byte = 6,
    }

    /// <param name="metadata">Where to write.</param>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="chat">How turns are marked.</param>
    /// <param name="size">Rows of the embedding: ids beyond the vocabulary get names that no text has.</param>
    /// <exception cref="CheckpointException">The format has no word for a part of this tokenizer.</exception>
    public static void Describe(GgufMetadata metadata, Tokenizer tokenizer, ChatFormat chat, int size)
    {
        var definition = tokenizer.Definition();
        var byteLevel = definition.PreTokenizer.ByteLevel;
        metadata.Add("tokenizer.ggml.model", byteLevel ? "gpt2" : "llama");
        metadata.Add("tokenizer.ggml.pre", byteLevel ? WordRuleName(definition) : "default");
        var (texts, types) = Tokens(definition, size);
        metadata.Add("tokenizer.ggml.tokens", texts);
        metadata.Add("tokenizer.ggml.token_type", [.. types.Select(type => (int)type)]);
        if (byteLevel)
        {
            metadata.Add("tokenizer.ggml.merges", [.. definition.Model.Merges.Select(merge => $"{merge.Left} {merge.Right}")]);
        }
        else
        {
            metadata.Add("tokenizer.ggml.scores", GgufPieces.Scores(definition.Model, size));
            metadata.Add("tokenizer.ggml.add_space_prefix", GgufPieces.HasSpacePrefix(definition));
        }

        AddId(metadata, "bos", tokenizer.BosId);
        AddEnds(metadata, texts, [.. new[] { tokenizer.EosId }.OfType<int>().Concat(chat.StopIds.Order()).Distinct()]);
        AddId(metadata, "unknown", definition.Model.Unknown is { } unknown ? tokenizer.IdOf(unknown) : null);
        metadata.Add("tokenizer.ggml.add_bos_token", definition.AddsBos);
        metadata.Add("tokenizer.ggml.add_eos_token", definition.AddsEos);
        metadata.Add("tokenizer.chat_template", chat.Template);
    }

    /// <summary>The format names three tokens that end an answer; llama.cpp finds some more by what they are called.</summary>
    private static void AddEnds(GgufMetadata metadata, string[] texts, List<int> ends)
    {
        var unnamed = ends.Skip(2).Where(id => id >= texts.Length || !s_knownEnds.Contains(texts[id])).ToList();
        if (unnamed.Count > 1)
        {
            var names = ends.Select(id => id < texts.Length ? $"'{texts[id]}'" : $"{id}");
            throw Unknown($"more than three tokens that end an answer ({string.Join(", ", names)})");
        }

        AddId(metadata, "eos", ends.Count > 0 ? ends[0] : null);
        AddId(metadata, "eot", ends.Count > 1 ? ends[1] : null);
        AddId(metadata, "eom", unnamed.Count > 0 ? unnamed[0] : null);
    }

    private static void AddId(GgufMetadata metadata, string role, int? id)
    {
        if (id is { } number)
        {
            metadata.Add($"tokenizer.ggml.{role}_token_id", (uint)number);
        }
    }

    /// <summary>Which of llama.cpp's ways of cutting text is the tokenizer's.</summary>
    private static string WordRuleName(TokenizerDefinition definition)
    {
        var (rule, ignoresMerges) = (definition.PreTokenizer.Words, definition.Model.IgnoreMerges);
        if (definition.PreTokenizer.Prefix != PrefixRule.Never)
        {
            throw Unknown("a space that is put in front of byte-level text (add_prefix_space)");
        }

        if (definition.Normalizer.Any(step => step.Kind != NormalizerKind.Compose))
        {
            throw Unknown("a normalizer in front of byte-level text");
        }

        return (rule, ignoresMerges) switch
        {
            (WordRule.Gpt2, false) => "gpt-2",
            (WordRule.Gpt2SingleDigits, false) => "smollm",
            (WordRule.Llama3, true) => "llama-bpe",
            (WordRule.Llama3, false) => "smaug-bpe",   // the same pattern, and merges are what counts
            (WordRule.Qwen2, false) => "qwen2",
            _ => throw Unknown($"the pattern {rule} with ignore_merges = {ignoresMerges}"),
        };
    }

    private static (string[] Texts, TokenType[] Types) Tokens(TokenizerDefinition definition, int size)
    {
        var texts = new string[size];
        var types = new TokenType[size];
        foreach (var (text, id) in definition.Model.Vocabulary)
        {
            (texts[id], types[id]) = (text, TypeOf(text, definition));
        }

        foreach (var token in definition.Added.Where(token => token.Id < size))   // beyond the rows no text forms one
        {
            if (token.SingleWord || token.StripsLeft || token.StripsRight)
            {
                throw Unknown($"the token '{token.Content}', which matches by what stands around it (single_word, lstrip or rstrip)");
            }

            texts[token.Id] = token.Content;
            types[token.Id] = types[token.Id] == TokenType.Unknown ? TokenType.Unknown
                : token.Special ? TokenType.Control : TokenType.UserDefined;
        }

        for (var id = 0; id < size; id++)
        {
            if (texts[id] is null)
            {
                (texts[id], types[id]) = ($"[PAD{id}]", TokenType.Unused);
            }
        }

        return (texts, types);
    }

    private static TokenType TypeOf(string text, TokenizerDefinition definition) =>
        text == definition.Model.Unknown ? TokenType.Unknown
        : definition.Model.ByteFallback && TokenBytes.ByteNamed(text) is not null ? TokenType.Byte
        : TokenType.Normal;

    /// <summary>The error for what the format cannot say.</summary>
    internal static CheckpointException Unknown(string what) => new(
        $"A GGUF file cannot describe this tokenizer: it has no word for {what}. Export the model as a Hugging Face folder (--format hf).");
}
