using System.IO.Compression;
using SEAS.Data.Datasets.Frozen;

namespace SEAS.Data.Datasets.Verification;

/// <summary>The files of a zip or a folder, by name. Names are looked at and compared, never used to write anything.</summary>
internal sealed class Package : IDisposable
{
    private readonly Dictionary<string, Func<Stream>> _files = new(StringComparer.Ordinal);
    private readonly ZipArchive? _zip;

    /// <exception cref="DatasetException">It is neither a folder nor a zip that can be read.</exception>
    public Package(string path, Findings findings)
    {
        if (Directory.Exists(path))
        {
            foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories))
            {
                _files[Path.GetRelativePath(path, file).Replace('\\', '/')] = () => File.OpenRead(file);
            }

            return;
        }

        try
        {
            _zip = ZipFile.OpenRead(path);
            foreach (var entry in _zip.Entries)
            {
                Take(entry, findings);
            }
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            _zip?.Dispose();
            throw new DatasetException(
                $"{path} should be a zip that ./seas export wrote, or a folder of it, but cannot be read: {error.Message} "
                + "Check the path; if a download broke, let it go on or start it again.", error);
        }
    }

    public IReadOnlyCollection<string> Names => _files.Keys;

    public bool Has(string name) => _files.ContainsKey(name);

    public Stream Open(string name) => _files[name]();

    public void Dispose() => _zip?.Dispose();

    private void Take(ZipArchiveEntry entry, Findings findings)
    {
        var name = entry.FullName;
        if (name.EndsWith('/'))
        {
            return;   // a folder of its own holds nothing
        }

        if (name.Contains('\\', StringComparison.Ordinal) || name.StartsWith('/') || name.Contains(':', StringComparison.Ordinal)
            || name.Split('/').Any(part => part is "" or "." or ".."))
        {
            findings.Add(name, null, "its name leads out of the zip; unpacking it could overwrite other files. It was not looked at");
        }
        else if (!_files.TryAdd(name, entry.Open))
        {
            findings.Add(name, null, "the zip holds two files of this name; only the first was looked at");
        }
    }
}
