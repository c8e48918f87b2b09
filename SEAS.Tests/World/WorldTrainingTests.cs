using SEAS.Tests.Support;
using SEAS.Training.Guards;
using SEAS.Training.ModelFiles;
using SEAS.Training.World;
using TorchSharp;

namespace SEAS.Tests.World;

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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_files_do_not_depend_on_the_number_of_threads_and_the_number_stays_as_it_was(int threads)
    {
        var before = torch.get_num_threads();
        var amount = new WorldTraining.Amount(Base: 128, GuardLanguage: 64, Guard: 0);
        try
        {
            torch.set_num_threads(threads);
            WorldTraining.Run(In("one"), amount, torch.CPU, (_, _) => { }, CancellationToken.None);
            Assert.Equal(threads, torch.get_num_threads());

            torch.set_num_threads(3 - threads);
            WorldTraining.Run(In("two"), amount, torch.CPU, (_, _) => { }, CancellationToken.None);
        }
        finally
        {
            torch.set_num_threads(before);
        }

        Assert.Equal(File.ReadAllBytes(In("one", "base/model.safetensors")), File.ReadAllBytes(In("two", "base/model.safetensors")));
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
