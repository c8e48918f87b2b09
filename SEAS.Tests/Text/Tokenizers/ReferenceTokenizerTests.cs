using System.Text.Json;
using System.Text.Json.Nodes;
using SEAS.Tests.Support;
using SEAS.Training.Text.Tokenizers;

namespace SEAS.Tests.Text.Tokenizers;

/// <summary>Ways of cutting text beside npm's <c>@huggingface/tokenizers</c>, over one small vocabulary.</summary>
public sealed class ReferenceTokenizerTests
{
    private const string Llama3Pattern = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
        + @"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private const string Digits = """
        {"type": "Sequence", "pretokenizers": [
          {"type": "Digits", "individual_digits": true},
          {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true}]}
        """;

    private static readonly string[] s_texts =
    [
        "Hello, y'all! I'LL be there; WE'VE 12345 bees. It'S fine.", "a\n\n b\r\n\r\n  c \n  d", "  leading, trailing  ",
        "x=1;y=22;z=333;w=4444", "tab\tand  two   three    spaces", "\n", " \n \n", "…—«quotes»… ", " !!!\n\n", "'", "''s", "' s",
        "über Ärger", "你好，世界 123 456７８", "🐝🐝 bees🐝12", "end with spaces   ", "\u00A0nbsp\u3000wide", "a'b'c'd", "\r",
        "123 4567\n89", "e\u0301 n\u0303 \u0041\u030A", "( 5 )[6]{7}", "hello\n world", "--\n--", "it'ſ",
    ];

    [SkippableTheory]
    [InlineData("llama3")]
    [InlineData("qwen2")]
    [InlineData("digits")]
    [InlineData("gpt2")]
    public async Task Ids_are_those_of_the_reference(string kind)
    {
        NodeScript.Require("@huggingface/tokenizers");
        using var folder = new TemporaryFolder();
        SmallVocabulary.WithoutMarks.Save(folder.Path);
        var (path, config) = (Path.Combine(folder.Path, "tokenizer.json"), Path.Combine(folder.Path, "tokenizer_config.json"));
        var tokenizer = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        Change(tokenizer, kind);
        File.WriteAllText(path, tokenizer.ToJsonString());
        string[] texts = [.. s_texts, .. Enumerable.Range(0, 200).Select(RandomText.Create)];

        var input = JsonSerializer.Serialize(new { tokenizer, config = JsonNode.Parse(File.ReadAllText(config)), texts });
        var output = await NodeScript.RunAsync("Text/Tokenizers/encode-texts.mjs", input);

        var expected = JsonSerializer.Deserialize<int[][]>(output)!;
        var ours = Tokenizer.Load(folder.Path);
        foreach (var (text, ids) in texts.Zip(expected))
        {
            Assert.Equal((text, string.Join(' ', ids)), (text, string.Join(' ', ours.Encode(text, addSpecial: true, parseSpecial: true))));
        }
    }

    private static void Change(JsonObject tokenizer, string kind)
    {
        switch (kind)
        {
            case "llama3":
                tokenizer["pre_tokenizer"] = SplitBy(Llama3Pattern);
                break;
            case "qwen2":
                tokenizer["pre_tokenizer"] = SplitBy(Llama3Pattern.Replace("{1,3}", "", StringComparison.Ordinal));
                tokenizer["normalizer"] = JsonNode.Parse("""{"type": "NFC"}""");
                break;
            case "digits":
                tokenizer["pre_tokenizer"] = JsonNode.Parse(Digits);
                break;
            default:
                var ends = tokenizer["post_processor"]!["single"]!.AsArray();
                ends.Add(JsonNode.Parse("""{"SpecialToken": {"id": "</s>", "type_id": 0}}"""));
                tokenizer["post_processor"]!["special_tokens"]!["</s>"] =
                    JsonNode.Parse("""{"id": "</s>", "ids": [1], "tokens": ["</s>"]}""");
                break;
        }
    }

    private static JsonNode SplitBy(string pattern)
    {
        var steps = JsonNode.Parse("""
            {"type": "Sequence", "pretokenizers": [
              {"type": "Split", "behavior": "Isolated", "invert": false},
              {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": false}]}
            """)!;
        steps["pretokenizers"]![0]!["pattern"] = new JsonObject { ["Regex"] = pattern };
        return steps;
    }
}
