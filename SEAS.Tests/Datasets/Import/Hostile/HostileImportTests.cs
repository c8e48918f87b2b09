using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import;
using SEAS.Data.Datasets.Import.Staging;
using SEAS.Data.Review.Files;
using SEAS.Tests.Review;
using SEAS.Tests.Support;
using SEAS.Training.Runs.Context;

namespace SEAS.Tests.Datasets.Import.Hostile;

/// <summary>Whatever a file comes in as and whatever is wrong with it: a message says it, little memory, the store as it was.</summary>
public sealed class HostileImportTests : IDisposable
{
    private const long MostAllocated = 256L << 20;

    private readonly ReviewFolder _review = new();
    private readonly TemporaryFolder _files = new();

    public HostileImportTests() => _review.Add(1);

    public static TheoryData<string, string> Inputs
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var use in ImportUse.Names)
            {
                foreach (var wrong in HostileFile.All.Keys)
                {
                    all.Add(use, wrong);
                }
            }

            return all;
        }
    }

    public static TheoryData<string> Uses => [.. ImportUse.Names];

    public void Dispose()
    {
        _review.Dispose();
        _files.Dispose();
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void A_hostile_file_is_refused_with_the_reason_and_the_store_stays_as_it_was(string use, string wrong)
    {
        var file = HostileFile.All[wrong];
        var path = Path.Combine(_files.Path, file.Name);
        using (var stream = File.Create(path))
        {
            file.Write(stream, ImportUse.Of(use));
        }

        var before = Stored();
        _ = _review.At.Store;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var refused = Assert.ThrowsAny<Exception>(() => Take(ImportUse.Of(use), path));
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

        Assert.True(refused is PromptSetException or LabelFileException, refused.ToString());
        Assert.Contains(file.Said, refused.Message, StringComparison.Ordinal);
        Assert.Contains(file.Name, refused.Message, StringComparison.Ordinal);
        Assert.True(allocated < MostAllocated, $"{allocated >> 20} MiB went through the memory.");
        Assert.Equal(before, Stored());
        Assert.Equal([path], Directory.GetFileSystemEntries(_files.Path));
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public void A_good_file_of_each_use_is_taken_in_packed_or_not(string name)
    {
        var use = ImportUse.Of(name);
        var before = Stored();
        Take(use, _files.Write("lines.jsonl", use.Line()));
        Assert.NotEqual(before, Stored());
        Take(use, _files.Write("table.csv", use.Table()));
        Take(use, Zipped("packed.zip", "inside.jsonl", use.Line()));

        if (use.Purpose is not null)
        {
            Assert.Equal(["lines", "packed", "table"], _review.At.Store.Sets.List().Select(set => set.Name).Order());
        }
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public void A_name_that_leads_out_of_the_folder_leads_nowhere(string name)
    {
        var use = ImportUse.Of(name);
        var path = Zipped("f.zip", "../../../seas-out.jsonl", use.Line());
        var around = Directory.GetParent(_review.At.Folder)!.FullName;

        Take(use, path, "../../seas-out.zip", "../../seas-out");

        Assert.DoesNotContain(Directory.GetFileSystemEntries(around), found => found.Contains("seas-out", StringComparison.Ordinal));
        Assert.Equal([path], Directory.GetFileSystemEntries(_files.Path));
        Assert.All(
            Directory.GetFiles(_review.At.Folder, "*", SearchOption.AllDirectories),
            found => Assert.DoesNotContain("seas-out", found, StringComparison.Ordinal));
        if (use.Purpose is not null)
        {
            Assert.Equal(("../../seas-out", "seas-out.zip"), _review.At.Store.Sets.List().Select(set => (set.Name, set.FileName)).Single());
        }
    }

    private void Take(ImportUse use, string path, string? fileName = null, string? name = null)
    {
        if (use.Purpose is { } purpose)
        {
            _review.At.Store.Sets.Import.Apply(new SetRequest(path, purpose) { FileName = fileName, Name = name });
        }
        else
        {
            var labels = _review.At.Store.Labels.Import;
            labels.Apply(labels.Preview(_review.Run, path));
        }
    }

    /// <summary>Every file of a store that is closed, with its checksum.</summary>
    private Dictionary<string, string> Stored()
    {
        _review.At.Close();
        return Directory.GetFiles(_review.At.Folder, "*", SearchOption.AllDirectories)
            .ToDictionary(path => path, path => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));
    }

    private string Zipped(string file, string entry, string text)
    {
        var path = Path.Combine(_files.Path, file);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        using var content = zip.CreateEntry(entry).Open();
        content.Write(Encoding.UTF8.GetBytes(text));
        return path;
    }
}
