using SEAS.Data.Contracts;
using SEAS.Tests.Lineage;
using SEAS.Tests.Review;
using SEAS.Tests.Support;
using SEAS.Training.Hosting;
using SEAS.Training.ModelFiles;
using SEAS.Training.Runs.Plan;
using TorchSharp;

namespace SEAS.Tests.Runs;

/// <summary>Every file that a run goes on with is checked before it is used; what is damaged is refused by name.</summary>
public sealed class DamagedCheckpointTests(AdaptedRun run) : IClassFixture<AdaptedRun>
{
    private static readonly string[] s_files =
    [
        "adapter/adapter_config.json", "adapter/adapter_model.safetensors", "config.json", "manifest.json", "model.safetensors", "tokenizer.json",
        "tokenizer_config.json",
    ];

    public static TheoryData<string> Files => [.. s_files];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_checkpoint_with_one_byte_changed_is_refused_and_the_file_named(string file)
    {
        using var copy = run.Copy("target-1");
        Flip(Path.Combine(copy.Path, file));

        var error = Assert.Throws<CheckpointException>(() => ModelFolder.Load(copy.Path, torch.CPU));

        Assert.Contains(Path.Combine(copy.Path, file), error.Message, StringComparison.Ordinal);
        Assert.Contains("Restore it from a copy", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_checkpoint_without_one_of_its_files_is_refused_and_the_file_named(string file)
    {
        using var copy = run.Copy("target-1");
        File.Delete(Path.Combine(copy.Path, file));

        var error = Assert.ThrowsAny<Exception>(() =>
        {
            CheckpointManifest.RequireWeights(copy.Path, run.Recorded);   // as a run and a replay do
            ModelFolder.Load(copy.Path, torch.CPU).Dispose();
        });

        Assert.Contains(Path.GetFileName(file), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void These_are_all_files_of_a_checkpoint()
    {
        using var copy = run.Copy("target-1");

        Assert.Equal(
            Directory.EnumerateFiles(copy.Path, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(copy.Path, path)).Order(StringComparer.Ordinal),
            s_files);
        using var sound = ModelFolder.Load(copy.Path, torch.CPU);
    }

    [Fact]
    public void Any_byte_of_a_manifest_counts()
    {
        using var copy = run.Copy("target-1");
        var path = Path.Combine(copy.Path, "manifest.json");
        var bytes = File.ReadAllBytes(path);
        Assert.True(bytes.Length > 500, $"{bytes.Length} bytes");
        for (var at = 0; at < bytes.Length; at++)
        {
            File.WriteAllBytes(path, [.. bytes[..at], (byte)(bytes[at] ^ 1), .. bytes[(at + 1)..]]);
            Assert.Contains(path, Assert.Throws<CheckpointException>(() => CheckpointManifest.Read(copy.Path)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_that_came_later_and_would_be_read_is_refused()
    {
        using var copy = run.Copy("target-1");
        File.WriteAllText(Path.Combine(copy.Path, "generation_config.json"), """{"eos_token_id":5}""");

        var error = Assert.Throws<CheckpointException>(() => ModelFolder.Load(copy.Path, torch.CPU));

        Assert.Contains("generation_config.json should not be there", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_of_an_earlier_version_has_sums_of_its_weights_alone_and_is_read()
    {
        using var copy = run.Copy("target-1");
        var manifest = CheckpointManifest.Read(copy.Path)!;
        manifest.Write(copy.Path);
        Assert.Null(CheckpointManifest.Read(copy.Path)!.Files);
        File.AppendAllText(Path.Combine(copy.Path, "tokenizer.json"), "\n");

        using var model = ModelFolder.Load(copy.Path, torch.CPU);

        Assert.Equal(manifest with { Files = null, Sha256 = null }, CheckpointManifest.Read(copy.Path));
    }

    [Theory]
    [InlineData("base")]
    [InlineData("guard")]
    public void The_models_that_the_project_brings_along_have_their_sums(string name)
    {
        using var copy = new TemporaryFolder();
        var folder = name == "base" ? EmbeddedWeights.Base : EmbeddedWeights.Guard;
        Copied(folder, copy.Path);
        using (var sound = ModelFolder.Load(copy.Path, torch.CPU))
        {
        }

        foreach (var file in Directory.GetFiles(copy.Path))
        {
            var bytes = File.ReadAllBytes(file);
            Flip(file);
            Assert.Contains(file, Assert.Throws<CheckpointException>(() => ModelFolder.Load(copy.Path, torch.CPU)).Message, StringComparison.Ordinal);
            File.WriteAllBytes(file, bytes);
        }
    }

    internal static void Copied(string from, string to)
    {
        foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var place = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.Copy(path, place);
        }
    }

    internal static void Flip(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}

/// <summary>A finished run of one round whose models learnt with adapters.</summary>
public sealed class AdaptedRun : IDisposable
{
    private readonly TinyWorld _world = new();
    private readonly string _checkpoints;

    public AdaptedRun()
    {
        (_checkpoints, Recorded) = _world.With("adapted", (store, feed, executor) =>
        {
            var id = executor.Create(_world.Plan().WithAdapters(2) with { Rounds = 1, Review = SendsAll() }).Id;
            new RunExecutor(store, feed, new PersonAtTheGate(TracedRun.Correct)).Execute(id, CancellationToken.None);
            return (Path.Combine(store.Folder, "runs", id.Value, "checkpoints"), store.Checkpoints.Find(id, ModelRole.Target, 1)!.Sha256);
        });
    }

    /// <summary>The checksum of target-1's weights in the ledger.</summary>
    internal string Recorded { get; }

    internal TemporaryFolder Copy(string checkpoint)
    {
        var copy = new TemporaryFolder();
        DamagedCheckpointTests.Copied(Path.Combine(_checkpoints, checkpoint), copy.Path);
        return copy;
    }

    public void Dispose() => _world.Dispose();

    private ReviewPlan SendsAll() => _world.Plan().SendsAll(waitFor: 1).Review;
}
