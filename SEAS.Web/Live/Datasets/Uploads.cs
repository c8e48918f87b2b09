using SEAS.Data;

namespace SEAS.Web.Live.Datasets;

/// <summary>Files that people sent and that are not a part of the store yet. They go with the page, or when the program starts
/// again.</summary>
public sealed class Uploads
{
    private const int Piece = 1 << 17;

    private readonly string _folder;

    public Uploads(Store store)
    {
        _folder = Path.Combine(store.Folder, "uploads");
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);   // what a killed process left: nobody can be at it, the folder is ours
        }
    }

    /// <summary>Writes a stream into a file of its own, a piece at a time.</summary>
    /// <param name="from">What the browser sends.</param>
    /// <param name="progress">Told how many bytes have come.</param>
    /// <param name="cancellation">Leaves nothing behind.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="IOException">The browser went away, or the disk is full; nothing is left behind.</exception>
    public async Task<string> ReceiveAsync(Stream from, IProgress<long> progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(_folder);
        var path = Path.Combine(_folder, Guid.NewGuid().ToString("N"));   // never the sender's name: it might lead elsewhere
        try
        {
            await using var file = new FileStream(
                path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
            var buffer = new byte[Piece];
            for (long come = 0; await from.ReadAsync(buffer, cancellation) is var read and > 0;)
            {
                await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
                progress.Report(come += read);
            }

            return path;
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>A path for something that belongs to an upload.</summary>
    public static string Beside(string path, string ending) => $"{path}.{ending}";

    /// <summary>Deletes an upload and what belongs to it.</summary>
    public void Forget(string path)
    {
        foreach (var file in Directory.Exists(_folder) ? Directory.GetFiles(_folder, Path.GetFileName(path) + "*") : [])
        {
            File.Delete(file);
        }
    }
}
