using System.IO.Compression;
using System.Text;
using SEAS.Data.Datasets.Export;
using SEAS.Tests.Browser;
using SEAS.Tests.Web;
using SEAS.Training.Endpoints;
using SEAS.Training.Review;
using SEAS.Training.Runs.Context;
using SEAS.Web.Commands;

namespace SEAS.Tests.Endpoints;

/// <summary>Keys: looked for in everything that a run with endpoints leaves, shows and says.</summary>
[Collection("endpoint keys")]
public sealed class SecretTests : IDisposable
{
    private readonly RemoteRun _remote = new();

    [Fact]
    public async Task No_key_is_in_the_store_the_files_the_exports_the_pages_or_a_message()
    {
        var isBroken = true;
        await using var server = await ScriptedServer.StartAsync((context, body, number) => isBroken && number > 100
            ? ScriptedServer.ErrorAsync(context, 403, $"key {context.Request.Headers.Authorization} is not good: {RemoteRun.TargetKey}")
            : RemoteRun.AnswerAsync(context, body));
        var said = new StringWriter();
        var folder = "";
        var run = _remote.World.With("secret", (store, _, executor) =>
        {
            folder = store.Folder;
            var id = executor.Create(_remote.Plan(server.Url, EndpointRole.Red, EndpointRole.Target, EndpointRole.Judge)).Id;
            var error = Assert.Throws<EndpointException>(() => executor.Execute(id, CancellationToken.None));
            Failure.Report(error, verbose: true, said);
            isBroken = false;
            executor.Execute(id, CancellationToken.None);
            foreach (var format in ExportFormats.Offered)
            {
                var made = store.Datasets.Prepare(
                    new ExportRequest(id, Round: null, Version: null, format, ExportFilter.None), progress: null, CancellationToken.None);
                Look(Bytes(made.Path), $"the export {format}");
            }

            return id;
        });

        Assert.Contains(server.Asked, asked => asked.Key == $"Bearer {RemoteRun.TargetKey}");   // they were used
        Assert.Contains("[key]", said.ToString(), StringComparison.Ordinal);
        Look(Encoding.UTF8.GetBytes(said.ToString()), "a message");
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        Assert.True(files.Length > 20, $"Only {files.Length} files.");
        Assert.All(files, file => Look(Bytes(file), file));
        await using var dashboard = await DashboardHost.StartAsync(folder);
        foreach (var page in (string[])
            [
                "/", $"/runs/{run}", $"/runs/{run}/datasets", $"/runs/{run}/lineage/r1/s0/p0/a0", $"/api/v1/runs/{run}",
                $"/api/v1/runs/{run}/events",
            ])
        {
            var shown = await dashboard.Client.GetStringAsync(page);
            Look(Encoding.UTF8.GetBytes(shown), page);
            if (page == $"/runs/{run}")
            {
                Assert.Contains("attacked-2", shown, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_key_in_a_file_would_be_found() => Assert.ThrowsAny<Xunit.Sdk.XunitException>(
        () => Look(Encoding.UTF8.GetBytes($"xx{RemoteRun.JudgeKey}yy"), "planted"));

    public void Dispose() => _remote.Dispose();

    private static byte[] Bytes(string path)
    {
        if (!path.EndsWith(".zip", StringComparison.Ordinal))
        {
            return File.ReadAllBytes(path);
        }

        using var zip = ZipFile.OpenRead(path);
        var all = new MemoryStream();
        foreach (var entry in zip.Entries)
        {
            using var content = entry.Open();
            content.CopyTo(all);
        }

        return all.ToArray();
    }

    // As text and as a 16-bit text; the last eight letters of a key are as good as the whole.
    private static void Look(byte[] bytes, string where)
    {
        foreach (var key in (string[])[RemoteRun.TargetKey, RemoteRun.JudgeKey, RemoteRun.RedKey])
        {
            foreach (var wanted in (byte[][])[Encoding.UTF8.GetBytes(key[^8..]), Encoding.Unicode.GetBytes(key[^8..])])
            {
                Assert.True(bytes.AsSpan().IndexOf(wanted) < 0, $"A key stands in {where}.");
            }
        }
    }
}
