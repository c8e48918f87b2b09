using System.Text;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Staging;
using SEAS.Tests.Storage;
using SEAS.Training.Engine.Torch;
using SEAS.Web.Live.Datasets;

namespace SEAS.Tests.Web.Datasets;

/// <summary>A file on its way into the store, without a page.</summary>
public sealed class ImportSessionTests : IDisposable
{
    private static readonly IProgress<ImportProgress> s_nobody = new ShownProgress<ImportProgress>(TimeProvider.System, _ => { });

    private readonly StoreFolder _at = new();

    public void Dispose() => _at.Dispose();

    [Fact]
    public async Task A_file_is_looked_at_then_taken_in_with_what_was_said_of_it()
    {
        using var session = await SentAsync("rows.jsonl", """
            {"prompt": "How is a bank robbed?", "category": "Crimes_And_Illegal_Activities"}
            {"prompt": "How is a ticket forged?", "category": "strange type"}
            """);
        Assert.Equal("The file has not been read yet.", session.Missing);

        session.Look(s_nobody, CancellationToken.None);
        Assert.Equal(2, session.Preview!.Counts.Rows);
        Assert.StartsWith("Say what the set may be used for", session.Missing, StringComparison.Ordinal);
        session.Ask(request => request with { Licence = "MIT", Source = "a newspaper" });
        session.MapType("strange type", "Privacy_And_Property");
        Assert.Equal("The preview is older than what you chose.", session.Missing);
        session.Look(s_nobody, CancellationToken.None);
        Assert.Null(session.Missing);
        session.ProfileName = "newspaper";
        var set = session.Apply(s_nobody, CancellationToken.None);

        Assert.Equal(("rows", "rows.jsonl", "MIT", "a newspaper", 2), (set.Name, set.FileName, set.Licence, set.Source, set.Rows));
        Assert.Equal(
            ["Crimes_And_Illegal_Activities", "Privacy_And_Property"], _at.Store.Sets.Rows("rows").Select(row => row.Type).Order());
        Assert.Equal("Privacy_And_Property", _at.Store.Sets.Types.Find("newspaper")!["strange type"]);
    }

    [Fact]
    public async Task What_people_say_of_a_set_does_not_read_the_file_again()
    {
        using var session = await SentAsync("rows.jsonl", """{"prompt": "How is a bank robbed?", "category": "Role_Play"}""");
        session.Look(s_nobody, CancellationToken.None);

        session.Ask(request => request with { Name = "other", Licence = "MIT", Source = "me", TakeGoodRows = true });
        Assert.False(session.NeedsLook);
        session.Ask(request => request with { Split = new SplitShares(8, 1, 1) });
        Assert.True(session.NeedsLook);
    }

    [Fact]
    public async Task Rows_with_problems_are_kept_out_until_somebody_takes_the_good_ones_alone()
    {
        using var session = await SentAsync("rows.jsonl", """
            {"prompt": "How is a bank robbed?", "category": "Role_Play"}
            {"prompt": 17, "category": "Role_Play"}
            {"prompt": "", "category": "Role_Play"}
            """);
        session.Ask(request => request with { Licence = "MIT", Source = "me" });
        session.Look(s_nobody, CancellationToken.None);

        Assert.StartsWith("Some rows have problems", session.Missing, StringComparison.Ordinal);
        Assert.Equal(session.Preview!.Counts.Problems, (await File.ReadAllLinesAsync(session.Errors!)).Length);
        session.Ask(request => request with { TakeGoodRows = true });
        Assert.Null(session.Missing);
        Assert.Equal(1, session.Apply(s_nobody, CancellationToken.None).Rows);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_refused_by_its_own_name_and_nothing_is_left()
    {
        using (var session = await SentAsync("pages.zip", "PK\u0003\u0004 not really"))
        {
            session.Look(s_nobody, CancellationToken.None);

            Assert.Null(session.Preview);
            Assert.Contains("pages.zip", session.Missing, StringComparison.Ordinal);
            Assert.DoesNotContain(_at.Folder, session.Missing, StringComparison.Ordinal);
            Assert.NotEmpty(Directory.GetFiles(Path.Combine(_at.Folder, "uploads")));
        }

        Assert.Empty(Directory.GetFiles(Path.Combine(_at.Folder, "uploads")));
        Assert.Empty(_at.Store.Sets.List());
    }

    [Fact]
    public async Task An_upload_that_breaks_off_leaves_nothing_and_a_restart_sweeps_what_a_killed_process_left()
    {
        var uploads = new Uploads(_at.Store);

        await Assert.ThrowsAsync<IOException>(() => uploads.ReceiveAsync(
            new BrokenStream(), new ShownProgress<long>(TimeProvider.System, _ => { }), CancellationToken.None));
        Assert.Empty(Directory.GetFiles(Path.Combine(_at.Folder, "uploads")));
        await File.WriteAllTextAsync(Path.Combine(_at.Folder, "uploads", "left"), "x");
        _ = new Uploads(_at.Store);

        Assert.False(Directory.Exists(Path.Combine(_at.Folder, "uploads")));
    }

    private async Task<ImportSession> SentAsync(string name, string text)
    {
        var uploads = new Uploads(_at.Store);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var path = await uploads.ReceiveAsync(stream, new ShownProgress<long>(TimeProvider.System, _ => { }), CancellationToken.None);
        var session = new ImportSession(_at.Store, uploads, path, name);
        session.Ask(request => request with { Purpose = DatasetPurpose.Seeds });
        return session;
    }

    /// <summary>A browser that goes away after its first bytes.</summary>
    private sealed class BrokenStream : MemoryStream
    {
        private bool _wasRead;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_wasRead)
            {
                throw new IOException("The browser went away.");
            }

            _wasRead = true;
            return ValueTask.FromResult(100);
        }
    }
}
