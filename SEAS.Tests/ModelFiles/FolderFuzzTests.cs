using System.Text.Json.Nodes;
using SEAS.Tests.Support;
using SEAS.Training.ModelFiles;
using SEAS.Training.Text.Tokenizers;
using SEAS.Web.Commands;
using TorchSharp;

namespace SEAS.Tests.ModelFiles;

public sealed class FolderFuzzTests
{
    // ./seas fuzz folder tries ten thousand.
    [Fact]
    public void Damaged_folders_are_read_or_refused()
    {
        using var folder = new TemporaryFolder();
        var originals = Path.Combine(folder.Path, "originals");
        SoundFolders.Make(originals);
        Assert.Equal(["adapter", "model", "shards"], Directory.GetDirectories(originals).Select(Path.GetFileName).Order());
        foreach (var original in Directory.GetDirectories(originals))
        {
            using var sound = ModelFolder.Load(original, torch.CPU);
            Assert.Equal(16, sound.Model.Config.HiddenSize);
        }

        var result = new FolderFuzz(originals, Path.Combine(folder.Path, "inputs"), 1).Run(300, null, CancellationToken.None);

        Assert.True(result.Taken > 20 && result.Refused > 100, $"{result.Taken} read, {result.Refused} refused: nothing was tried.");
    }

    // What the fuzz found first; each ended in an error that was not foreseen, or in all of the machine's memory.
    [Theory]
    [InlineData("config.json", "\"num_hidden_layers\": 1,", "\"num_hidden_layers\": 2147483647,", "Layers must be at most 1024")]
    [InlineData("config.json", "\"llama\"", "\"\\ud83d\"", "damaged")]
    [InlineData("tokenizer.json", "\"id\": 2,", "\"id\": 2147483647,", "id 2147483647")]
    [InlineData("tokenizer.json", "\"type\": \"BPE\"", "\"type\": \"\\ud83d\"", "damaged")]
    [InlineData("tokenizer_config.json", "\"bos_token\": \"<|bos|>\"", "\"bos_token\": \"\\ud83d\"", "damaged")]
    public void A_lie_is_named(string file, string said, string lie, string expected)
    {
        using var folder = new TemporaryFolder();
        SoundFolders.MakeModel(folder.Path);
        var text = File.ReadAllText(Path.Combine(folder.Path, file));
        Assert.Contains(said, text, StringComparison.Ordinal);
        folder.Write(file, text.Replace(said, lie, StringComparison.Ordinal));

        var error = Assert.ThrowsAny<Exception>(() => ModelFolder.Load(folder.Path, torch.CPU));

        Assert.True(error is CheckpointException or InvalidDataException, error.ToString());
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("adapter", "adapter_config.json", "\"LORA\"", "\"\\ud83d\"", "cannot be read")]
    [InlineData("adapter", "adapter_config.json", "\"base_model_name_or_path\": \"", "\"base_model_name_or_path\": \"\\u0000",
        "no name of a folder")]
    [InlineData("adapter", "adapter_config.json", "\"r\": 2", "\"r\": 2147483647", "2147483647")]
    [InlineData("shards", "model.safetensors.index.json", "model-00002-of", "\\ud83d", "cannot be read")]
    [InlineData("shards", "model.safetensors.index.json", "model-00002-of", "\\u0000", "not a plain file name")]
    [InlineData("shards", "model.safetensors.index.json", "model-00002-of", "model-00001-of", "is missing")]
    public void A_lie_of_an_adapter_or_an_index_is_named(string kind, string file, string said, string lie, string expected)
    {
        using var folder = new TemporaryFolder();
        SoundFolders.Make(folder.Path);
        var path = Path.Combine(folder.Path, kind, file);
        var text = File.ReadAllText(path);
        Assert.Contains(said, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(said, lie, StringComparison.Ordinal));

        var error = Assert.Throws<CheckpointException>(() => ModelFolder.Load(Path.Combine(folder.Path, kind), torch.CPU));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    // Found by the fuzz: the highest id was lost with the token's first place, and the tables were too short for it.
    [Fact]
    public void A_token_that_stands_twice_keeps_room_for_its_higher_id()
    {
        using var folder = new TemporaryFolder();
        SoundFolders.MakeModel(folder.Path);
        var path = Path.Combine(folder.Path, "tokenizer.json");
        var json = JsonNode.Parse(File.ReadAllText(path))!;
        var vocabulary = json["model"]!["vocab"]!.AsObject();
        var highest = vocabulary.Max(token => token.Value!.GetValue<int>());
        vocabulary["<|end|>"] = highest + 1;   // among the added tokens it has a lower one
        folder.Write("tokenizer.json", json.ToJsonString());

        var tokenizer = Tokenizer.Load(folder.Path);

        Assert.Equal(highest + 2, tokenizer.VocabularySize);
        Assert.True(tokenizer.IdOf("<|end|>") <= highest);
        Assert.Equal("<|end|>", tokenizer.Decode([highest + 1], skipSpecial: false));
        Assert.Equal("bees find home", tokenizer.Decode(tokenizer.Encode("bees find home")));
        Assert.Contains(
            $"knows {highest + 2} tokens", Assert.Throws<CheckpointException>(() => ModelFolder.Load(folder.Path, torch.CPU)).Message,
            StringComparison.Ordinal);
    }
}
