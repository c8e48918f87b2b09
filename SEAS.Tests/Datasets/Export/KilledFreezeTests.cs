using SEAS.Data.Datasets.Export;
using SEAS.Data.Datasets.Verification;

namespace SEAS.Tests.Datasets.Export;

public sealed class KilledFreezeTests : IDisposable
{
    private readonly DatasetFolder _at = new();

    [SkippableTheory]
    [InlineData(KilledFreezer.InRows, "v1.part", 0)]
    [InlineData(KilledFreezer.BeforeManifest, "v1.part", 0)]
    [InlineData(KilledFreezer.BeforeRecord, "v1", 0)]
    [InlineData(KilledFreezer.After, "v1", 1)]
    public void A_process_that_is_killed_while_it_freezes_leaves_a_version_whole_or_not_there(string step, string left, int recorded)
    {
        Skip.If(OperatingSystem.IsWindows(), "A killed process has another exit code there.");
        _at.At.Close();

        Assert.Equal(128 + 9, KilledFreezer.Die(step, _at.At.Folder));

        var place = Path.Combine(_at.At.Folder, "runs", _at.Run.Value, "datasets", "round-1");
        Assert.Equal([left], Directory.GetDirectories(place).Select(Path.GetFileName));
        var store = _at.At.Reopen();
        Assert.Equal(recorded, store.Datasets.Versions(_at.Run).Count);

        var facts = DatasetFolder.Facts(store, _at.Run, 1);
        var version = store.Datasets.Freeze(_at.Run, 1, "again", () => facts, null, CancellationToken.None);

        Assert.Equal((1, recorded == 1 ? "the round ended" : "again"), (version.Version, version.Reason));
        Assert.Equal(["v1"], Directory.GetDirectories(place).Select(Path.GetFileName));
        Assert.Empty(DatasetVerifier.Verify(store.Datasets.Folder(version), store, CancellationToken.None).Findings);
        Assert.NotEqual(0, _at.Prepare(ExportFormat.All).Bytes);
    }

    public void Dispose() => _at.Dispose();
}
