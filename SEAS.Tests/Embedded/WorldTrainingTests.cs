using SEAS.Tests.Support;
using SEAS.Training.Checkpoints;
using SEAS.Training.Embedded;
using TorchSharp;

namespace SEAS.Tests.Embedded;

/// <summary>The command that made the shipped weights, with little to learn.</summary>
public sealed class WorldTrainingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_same_command_makes_the_same_files_and_they_can_be_loaded()
    {
        var amount = new WorldTraining.Amount(Base: 64, GuardLanguage: 64, Guard: 16);

        WorldTraining.Run(In("one"), amount, torch.CPU, (_, _) => { }, CancellationToken.None);
        WorldTraining.Run(In("two"), amount, torch.CPU, (_, _) => { }, CancellationToken.None);

        foreach (var file in new[] { "base/model.safetensors", "base/tokenizer.json", "guard/model.safetensors", "guard/config.json" })
        {
            Assert.Equal(File.ReadAllBytes(In("one", file)), File.ReadAllBytes(In("two", file)));
        }

        using var loaded = ModelFolder.Load(In("one", "guard"), torch.CPU);
        Assert.Equal(96, loaded.Model.Config.HiddenSize);
    }

    [Fact]
    public void A_model_with_nothing_to_learn_is_left_out()
    {
        WorldTraining.Run(
            In("one"), new WorldTraining.Amount(Base: 0, GuardLanguage: 64, Guard: 16), torch.CPU, (_, _) => { },
            CancellationToken.None);

        Assert.Equal(["guard"], Directory.EnumerateDirectories(In("one")).Select(Path.GetFileName));
    }

    private string In(params string[] parts) => Path.Combine([_folder.Path, .. parts]);

    public void Dispose() => _folder.Dispose();
}
