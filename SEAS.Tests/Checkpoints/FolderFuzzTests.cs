using SEAS.Tests.Support;
using SEAS.Training.Checkpoints;
using SEAS.Web.Commands;
using TorchSharp;

namespace SEAS.Tests.Checkpoints;

public sealed class FolderFuzzTests
{
    // ./seas fuzz folder tries ten thousand.
    [Fact]
    public void Damaged_folders_are_read_or_refused()
    {
        using var folder = new TemporaryFolder();
        var original = Path.Combine(folder.Path, "original");
        FolderFuzzCommand.MakeOriginal(original);
        using (var sound = ModelFolder.Load(original, torch.CPU))
        {
            Assert.Equal(16, sound.Model.Config.HiddenSize);
        }

        var result = new FolderFuzz(original, Path.Combine(folder.Path, "input"), 1).Run(300, null, CancellationToken.None);

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
        FolderFuzzCommand.MakeOriginal(folder.Path);
        var text = File.ReadAllText(Path.Combine(folder.Path, file));
        Assert.Contains(said, text, StringComparison.Ordinal);
        folder.Write(file, text.Replace(said, lie, StringComparison.Ordinal));

        var error = Assert.ThrowsAny<Exception>(() => ModelFolder.Load(folder.Path, torch.CPU));

        Assert.True(error is CheckpointException or InvalidDataException, error.ToString());
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
