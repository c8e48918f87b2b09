using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import;
using SEAS.Data.Datasets.Import.Fuzzing;
using SEAS.Tests.Storage;
using SEAS.Tests.Support;
using SEAS.Training.Engine.Torch;
using SEAS.Training.Runs.Context;

namespace SEAS.Tests.Datasets.Import.Fuzzing;

public sealed class ImportFuzzTests : IDisposable
{
    private readonly StoreFolder _at = new();

    public void Dispose() => _at.Dispose();

    // ./seas fuzz import tries a hundred thousand, also with real files.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Damaged_files_are_taken_in_or_refused_and_leave_nothing_behind(long seed)
    {
        var fuzz = new ImportFuzz(_at.Store, FuzzSeeds.All, seed);

        var result = fuzz.Run(1000, _at.Folder, null, CancellationToken.None);

        Assert.Equal(1000, result.Taken + result.Refused);
        Assert.True(result.Taken > 100 && result.Refused > 100, $"{result.Taken} taken, {result.Refused} refused: nothing was tried.");
    }

    [SkippableFact]
    public void So_are_real_files()
    {
        var files = new[] { "xstest_prompts.csv", "seas_train_sample.jsonl", "jbb_harmful_behaviors.csv" }
            .Select(name => (name, File.ReadAllBytes(SharedData.Require("data/prompts/" + name)))).ToList();

        var result = new ImportFuzz(_at.Store, files, 3).Run(200, _at.Folder, null, CancellationToken.None);

        Assert.Equal(200, result.Taken + result.Refused);
    }

    [Fact]
    public void The_built_in_files_are_all_read_when_nothing_is_changed()
    {
        Assert.All(FuzzSeeds.All, seed =>
        {
            var path = Path.Combine(_at.Folder, seed.Name);
            File.WriteAllBytes(path, seed.Bytes);
            using var file = DatasetFile.Open(path);
            Assert.All(file.Rows(), row => Assert.Null(row.Problem));
        });
        Assert.True(FuzzSeeds.All.Count >= 25);
    }

    [Fact]
    public void Inputs_are_the_same_for_the_same_seed_and_differ_for_another()
    {
        var original = FuzzSeeds.All[0].Bytes;

        Assert.Equal(new FuzzedFile(5).Of(original, 1000), new FuzzedFile(5).Of(original, 1000));
        Assert.NotEqual(new FuzzedFile(5).Of(original, 1000), new FuzzedFile(6).Of(original, 1000));
    }
}
