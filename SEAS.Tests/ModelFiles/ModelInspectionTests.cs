using SEAS.Training.ModelFiles;
using SEAS.Training.Review;
using SEAS.Training.Text.Chat;

namespace SEAS.Tests.ModelFiles;

public sealed class ModelInspectionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seas-inspect-").FullName;

    public ModelInspectionTests()
    {
        foreach (var file in Directory.GetFiles(EmbeddedWeights.Base))
        {
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_is_told_without_reading_its_weights()
    {
        var found = ModelInspection.Of(_folder);

        Assert.Empty(found.Problems);
        Assert.Equal((1, TurnMarks.Tokens), (found.WeightFiles, found.Marks));
        Assert.Equal(found.Config!.VocabularySize, found.Tokens);
        Assert.Equal(found.WeightBytes, 2 * found.Config.ParameterCount);   // float16
        Assert.Equal("F16", Assert.Single(found.Precisions).Key);
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        var config = Path.Combine(_folder, "config.json");
        var text = File.ReadAllText(config);
        File.WriteAllText(config, text.Replace("\"vocab_size\": 1792", "\"vocab_size\": 1700", StringComparison.Ordinal));

        var problems = ModelInspection.Of(_folder).Problems;

        Assert.Equal(2, problems.Count);
        Assert.StartsWith(
            "The tokenizer knows 1792 tokens, but the model has rows for 1700 (vocab_size). Use the tokenizer", problems[0],
            StringComparison.Ordinal);
        Assert.StartsWith("model.embed_tokens.weight should have shape [1700, 192]", problems[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_files_are_problems_too()
    {
        File.Delete(Path.Combine(_folder, "tokenizer.json"));
        File.WriteAllText(Path.Combine(_folder, "config.json"), "{");
        File.WriteAllText(Path.Combine(_folder, "model.safetensors"), "short");

        Assert.Equal(3, ModelInspection.Of(_folder).Problems.Count);
        Assert.Single(ModelInspection.Of(Path.Combine(_folder, "nowhere")).Problems);
    }
}
