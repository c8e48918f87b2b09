using System.Security.Cryptography;

namespace SEAS.Data.Datasets.Import.Sources;

/// <summary>A file, or several behind each other, read once from beginning to end and hashed on the way.</summary>
internal sealed class HashedFile(params IReadOnlyList<string> paths) : ReadOnlyStream
{
    private FileStream _file = Open(paths[0]);
    private int _next = 1;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>How much was read.</summary>
    public long BytesRead => Taken;

    /// <summary>Reads what is left and gives the checksum of the whole, in lower-case hexadecimal.</summary>
    public string Finish()
    {
        var rest = new byte[1 << 16];
        while (Read(rest) > 0)
        {
            // Only the hash wants to see it.
        }

        return Convert.ToHexStringLower(_hash.GetCurrentHash());
    }

    public override long Length { get; } = paths.Sum(path => new FileInfo(path).Length);

    protected override int Next(Span<byte> buffer)
    {
        var read = _file.Read(buffer);
        while (read == 0 && buffer.Length > 0 && _next < paths.Count)
        {
            _file.Dispose();
            _file = Open(paths[_next++]);
            read = _file.Read(buffer);
        }

        return read;
    }

    private static FileStream Open(string path) => new(path, new FileStreamOptions
    {
        Access = FileAccess.Read,
        Share = FileShare.Read | FileShare.Delete,
        Options = FileOptions.SequentialScan,
        BufferSize = 1 << 16,
    });

    protected override void Check(ReadOnlySpan<byte> read, bool isEnd) => _hash.AppendData(read);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
            _file.Dispose();
        }

        base.Dispose(disposing);
    }
}
