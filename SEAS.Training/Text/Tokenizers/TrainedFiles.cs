using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SEAS.Training.Text.Tokenizers;

/// <summary>Writes a trained vocabulary as Hugging Face's two files.</summary>
internal static class TrainedFiles
{
    /// <summary>Lines that a person can read, letters as they are.</summary>
    internal static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The files of a byte-level vocabulary: special tokens first, then the learned ones.</summary>
    public static TokenizerFiles Create(
        IReadOnlyList<string> specialTokens,
        IReadOnlyList<byte[]> learned,
        IEnumerable<(int Left, int Right)> merges,
        string? bos,
        string? eos)
    {
        var words = learned.Select(bytes => ByteAlphabet.Write(bytes)).ToList();
        var tokenizer = new JsonObject
        {
            ["version"] = "1.0",
            ["truncation"] = null,
            ["padding"] = null,
            ["added_tokens"] = new JsonArray([.. specialTokens.Select(Special)]),
            ["normalizer"] = null,
            ["pre_tokenizer"] = ByteLevel(),
            ["post_processor"] = bos is null ? null : Template(bos, IndexOf(specialTokens, bos)),
            ["decoder"] = ByteLevel(),
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["dropout"] = null,
                ["unk_token"] = null,
                ["continuing_subword_prefix"] = null,
                ["end_of_word_suffix"] = null,
                ["fuse_unk"] = false,
                ["byte_fallback"] = false,
                ["ignore_merges"] = false,
                ["vocab"] = new JsonObject(
                    specialTokens.Concat(words).Select((word, id) => KeyValuePair.Create<string, JsonNode?>(word, id))),
                ["merges"] = new JsonArray([.. merges.Select(pair => (JsonNode)$"{words[pair.Left]} {words[pair.Right]}")]),
            },
        };
        var config = new JsonObject
        {
            ["tokenizer_class"] = "PreTrainedTokenizerFast",
            ["bos_token"] = bos,
            ["eos_token"] = eos,
            ["add_bos_token"] = bos is not null,
            ["clean_up_tokenization_spaces"] = false,
        };
        return new TokenizerFiles(
            "trained tokenizer",
            JsonSerializer.SerializeToUtf8Bytes(tokenizer, Readable),
            JsonSerializer.SerializeToUtf8Bytes(config, Readable));
    }

    private static JsonNode Special(string content, int id) => new JsonObject
    {
        ["id"] = id,
        ["content"] = content,
        ["single_word"] = false,
        ["lstrip"] = false,
        ["rstrip"] = false,
        ["normalized"] = false,
        ["special"] = true,
    };

    private static JsonObject ByteLevel() => new()
    {
        ["type"] = "ByteLevel",
        ["add_prefix_space"] = false,
        ["trim_offsets"] = true,
        ["use_regex"] = true,
    };

    /// <summary>Puts the opening token in front of a text.</summary>
    private static JsonObject Template(string bos, int id)
    {
        return new JsonObject
        {
            ["type"] = "TemplateProcessing",
            ["single"] = new JsonArray(Opening(0), Sequence("A", 0)),
            ["pair"] = new JsonArray(Opening(0), Sequence("A", 0), Opening(1), Sequence("B", 1)),
            ["special_tokens"] = new JsonObject
            {
                [bos] = new JsonObject { ["id"] = bos, ["ids"] = new JsonArray(id), ["tokens"] = new JsonArray(bos) },
            },
        };

        JsonObject Opening(int type) => new() { ["SpecialToken"] = new JsonObject { ["id"] = bos, ["type_id"] = type } };
        JsonObject Sequence(string name, int type) => new() { ["Sequence"] = new JsonObject { ["id"] = name, ["type_id"] = type } };
    }

    private static int IndexOf(IReadOnlyList<string> items, string item)
    {
        var index = 0;
        while (items[index] != item)
        {
            index++;
        }

        return index;
    }
}
