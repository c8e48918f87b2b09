using System.Text.Json;
using SEAS.Tests.Support;
using SEAS.Training.Text.Tokenizers;

namespace SEAS.Tests.Text.Tokenizers;

/// <summary>Ids that other implementations give for real vocabularies.</summary>
public sealed class ReferenceVectorTests
{
    private const string Folder = "data/tokenizers/";

    [SkippableTheory]
    [InlineData("gpt2", "ggml-vocab-gpt-2.gguf")]
    [InlineData("llama2", "ggml-vocab-llama-spm.gguf")]
    public void Every_text_of_llama_cpp_has_its_ids(string vocabulary, string vectors)
    {
        var tokenizer = Tokenizer.Load(SharedData.Require(Folder + vocabulary));
        var texts = File.ReadAllText(SharedData.Require($"{Folder}vectors/{vectors}.inp")).Split("\n__ggml_vocab_test__\n");
        var lines = File.ReadAllText(SharedData.Require($"{Folder}vectors/{vectors}.out")).Split('\n');   // the last line is empty too

        Assert.Equal(47, texts.Length);
        Assert.Equal(texts.Length, lines.Length);
        foreach (var (text, line) in texts.Zip(lines))
        {
            var expected = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse);
            Assert.Equal(expected, tokenizer.Encode(text));
            Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
        }
    }

    [SkippableFact]
    public void Every_text_has_its_ids_with_a_Metaspace_vocabulary()
    {
        var tokenizer = Tokenizer.Load(SharedData.Require(Folder + "tinyllama"));
        using var file = JsonDocument.Parse(File.ReadAllText(SharedData.Require(Folder + "vectors/tinyllama.json")));
        var vectors = file.RootElement.GetProperty("vectors").EnumerateArray().ToList();

        Assert.Equal(47, vectors.Count);
        foreach (var vector in vectors)
        {
            var text = vector.GetProperty("input").GetString()!;
            Assert.Equal(Ids(vector.GetProperty("ids")), tokenizer.Encode(text));
        }
    }

    [SkippableTheory]
    [InlineData("distilgpt2", "gpt2")]
    [InlineData("coreml-projects/Llama-2-7b-chat-coreml", "llama2")]
    public void Every_text_of_Hugging_Face_has_its_ids_and_comes_back(string name, string vocabulary)
    {
        var tokenizer = Tokenizer.Load(SharedData.Require(Folder + vocabulary));
        using var file = JsonDocument.Parse(File.ReadAllText(SharedData.Require(Folder + "vectors/hf_tokenizer_tests.json")));
        var vectors = file.RootElement.GetProperty(name).EnumerateArray().ToList();

        Assert.Equal(18, vectors.Count);
        foreach (var vector in vectors)
        {
            var expected = Ids(vector.GetProperty("encoded").GetProperty("input_ids"));
            Assert.Equal(expected, tokenizer.Encode(vector.GetProperty("input").GetString()!, addSpecial: true, parseSpecial: true));
            Assert.Equal(vector.GetProperty("decoded_with_special").GetString(), Tidied(tokenizer.Decode(expected, skipSpecial: false)));
            Assert.Equal(vector.GetProperty("decoded_without_special").GetString(), Tidied(tokenizer.Decode(expected)));
        }

        // distilgpt2's vectors were decoded with clean_up_tokenization_spaces, which loses characters; SEAS never does that.
        string Tidied(string text) => name == "distilgpt2" ? text.Replace(" !", "!", StringComparison.Ordinal) : text;
    }

    [SkippableFact]
    public void The_ids_of_stories260K_read_as_the_published_text()
    {
        var folder = SharedData.Require("data/models/stories260K");
        using var golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "golden.json")));
        var tokenizer = Tokenizer.Load(folder);
        var ids = Ids(golden.RootElement.GetProperty("greedy_ids_including_bos"));
        var text = golden.RootElement.GetProperty("expected_text").GetString();

        Assert.Equal(text, tokenizer.Decode(ids.AsSpan(1)));
        Assert.Equal(text, tokenizer.Decode(ids));
        Assert.Equal(512, tokenizer.VocabularySize);
        Assert.Equal((1, 2, true), (tokenizer.BosId, tokenizer.EosId, tokenizer.AddsBos));
    }

    private static int[] Ids(JsonElement array) => [.. array.EnumerateArray().Select(id => id.GetInt32())];
}
