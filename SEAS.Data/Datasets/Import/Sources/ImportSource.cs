using System.IO.Compression;

namespace SEAS.Data.Datasets.Import.Sources;

/// <summary>A file as text, packed (gzip, zstd, zip of one file) or not.</summary>
internal sealed class ImportSource : IDisposable
{
    private readonly HashedFile _file;
    private readonly Func<long> _bytesRead;
    private readonly IDisposable[] _layers;

    private ImportSource(string name, HashedFile file, Func<long> bytesRead, Stream content, params IDisposable[] layers)
    {
        Name = name;
        _file = file;
        _bytesRead = bytesRead;
        _layers = layers;
        TotalBytes = file.Length;
        Text = new CheckedText(content);
    }

    /// <summary>The name of what is read, without the endings of packing; only its ending means anything.</summary>
    public string Name { get; }

    /// <summary>The text.</summary>
    public CheckedText Text { get; }

    /// <summary>How many of the file's bytes were read.</summary>
    public long BytesRead => _bytesRead();

    /// <summary>The file's size on the disk.</summary>
    public long TotalBytes { get; }

    /// <summary>Opens a file, whatever it is packed in.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">Its name as a person knows it.</param>
    /// <exception cref="SourceFault">It is packed, and damaged or with several files in it.</exception>
    public static ImportSource Open(string path, string name)
    {
        Span<byte> magic = stackalloc byte[4];
        using (var peek = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete))
        {
            magic = magic[..peek.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false)];
        }

        if (magic is [(byte)'P', (byte)'K', 3 or 5 or 7, ..])
        {
            return OpenZip(path);
        }

        var file = new HashedFile(path);
        if (magic is [0x1F, 0x8B, ..])
        {
            var unzipped = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
            var content = new Unpacked(unzipped, () => file.BytesRead);
            return new ImportSource(WithoutEnding(name, ".gz"), file, () => file.BytesRead, content, content, file);
        }

        if (magic is [0x28, 0xB5, 0x2F, 0xFD])
        {
            var content = new Unpacked(Zstandard.Unpack(file), () => file.BytesRead);
            return new ImportSource(WithoutEnding(name, ".zst"), file, () => file.BytesRead, content, content, file);
        }

        return new ImportSource(name, file, () => file.BytesRead, file, file);
    }

    /// <summary>Files that are no text but are read by another reader; only hashed here.</summary>
    /// <param name="paths">The files, in their order.</param>
    /// <param name="bytesRead">How much of them was read.</param>
    public static ImportSource OfTables(IReadOnlyList<string> paths, Func<long> bytesRead)
    {
        var file = new HashedFile(paths);
        return new ImportSource(Path.GetFileName(paths[0]), file, bytesRead, Stream.Null, file);
    }

    /// <summary>Reads what is left and gives the checksum of the whole file.</summary>
    public string Finish() => _file.Finish();

    public void Dispose()
    {
        foreach (var layer in _layers)
        {
            layer.Dispose();
        }
    }

    private static ImportSource OpenZip(string path)
    {
        var zip = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        ZipArchive? archive = null;
        try
        {
            (archive, var entry) = ZipOfOne.Open(zip);
            var content = new Unpacked(entry.Open(), () => Math.Max(1, entry.CompressedLength), entry.Crc32);
            var file = new HashedFile(path);
            return new ImportSource(Path.GetFileName(entry.FullName), file, () => zip.Position, content, content, archive, zip, file);
        }
        catch (Exception error) when (error is InvalidDataException or NotSupportedException)
        {
            Close();
            throw ZipOfOne.Damaged(error);
        }
        catch
        {
            Close();
            throw;
        }

        void Close()
        {
            archive?.Dispose();
            zip.Dispose();
        }
    }

    private static string WithoutEnding(string name, string ending) =>
        name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? name[..^ending.Length] : name;
}
