using System.Security.Cryptography;

namespace SEAS.Data.Datasets.Import.Sources;

/// <summary>A file that is read once from its beginning to its end and hashed on the way.</summary>
internal sealed class HashedFile(string path) : ReadOnlyStream
{
    private readonly FileStream _file = new(path, new FileStreamOptions
    {
        Access = FileAccess.Read,
        Share = FileShare.Read | FileShare.Delete,
        Options = FileOptions.SequentialScan,
        BufferSize = 1 << 16,
    });

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

    public override long Length => _file.Length;

    protected override int Next(Span<byte> buffer) => _file.Read(buffer);

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
