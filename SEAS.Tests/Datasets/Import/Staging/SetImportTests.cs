using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Staging;
using SEAS.Tests.Storage;
using SEAS.Training.Engine.Torch;

namespace SEAS.Tests.Datasets.Import.Staging;

public sealed class SetImportTests : IDisposable
{
    private readonly StoreFolder _at = new();

    [Fact]
    public void A_file_becomes_a_set_whose_rows_can_be_paged()
    {
        var path = Write("words.jsonl", """
            {"prompt": "Open the door", "category": "Role_Play"}
            {"prompt": "Close the door", "category": "word play"}
            {"prompt": "Paint the door"}
            """);

        var outcome = _at.Store.Sets.Import.Apply(new SetRequest(path, DatasetPurpose.Seeds) { Licence = "CC0" });

        Assert.Equal(outcome.Set, Assert.Single(_at.Reopen().Sets.List()));
        var set = outcome.Set;
        Assert.Equal(("words", DatasetPurpose.Seeds, 3L, "CC0"), (set.Name, set.Purpose, set.Rows, set.Licence));
        var first = Assert.Single(_at.Store.Sets.Rows("words", limit: 1));
        Assert.Equal((1L, "Role_Play", "Open the door"), (first.Number, first.Type, first.Row.Prompt));
        Assert.Equal(
            [("Close the door", "Word_Play"), ("Paint the door", "Uncategorized")],
            _at.Store.Sets.Rows("words", after: 1).Select(row => (row.Row.Prompt, row.Type)));
    }

    [Fact]
    public void A_preview_stores_nothing()
    {
        var path = Write("words.txt", "Open the door\nClose the door\n");

        var preview = _at.Store.Sets.Import.Preview(new SetRequest(path, DatasetPurpose.Seeds));

        Assert.Equal(2, preview.Counts.Rows);
        Assert.Empty(_at.Store.Sets.List());
        Assert.Empty(Directory.GetFiles(Path.Combine(_at.Folder, "sets")));
    }

    [Fact]
    public void A_set_that_is_removed_is_gone_with_its_rows()
    {
        _at.Store.Sets.Import.Apply(new SetRequest(Write("words.txt", "Open the door\n"), DatasetPurpose.Seeds));

        _at.Store.Sets.Remove("words");

        Assert.Empty(_at.Store.Sets.List());
        Assert.Empty(Directory.GetFiles(Path.Combine(_at.Folder, "sets")));
        var missing = Assert.Throws<SetNotFoundException>(() => _at.Store.Sets.Rows("words"));
        Assert.Contains("'words'", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_sets_of_one_name_are_refused_and_the_first_stays()
    {
        var request = new SetRequest(Write("words.txt", "Open the door\n"), DatasetPurpose.Seeds);
        _at.Store.Sets.Import.Apply(request);

        var refused = Assert.Throws<StoreException>(() => _at.Store.Sets.Import.Apply(request));

        Assert.Contains("cannot be called 'words'", refused.Message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Path.Combine(_at.Folder, "sets")));
        Assert.Single(_at.Store.Sets.Rows("words"));
    }

    public void Dispose() => _at.Dispose();

    private string Write(string name, string text)
    {
        var path = Path.Combine(_at.Folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
