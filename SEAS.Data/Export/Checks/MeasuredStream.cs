using System.Security.Cryptography;

namespace SEAS.Data.Export;

/// <summary>Hands on what is read, counts it and forms its checksum; ends soon after so many bytes, whatever a
/// zip pretends to hold.</summary>
internal sealed class MeasuredStream(Stream from, long most) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    /// <summary>Bytes read so far.</summary>
    public override long Position { get => Taken; set => throw new NotSupportedException(); }

    /// <summary>Whether there were more than so many.</summary>
    public bool IsTooLong { get; private set; }

    private long Taken { get; set; }

    /// <summary>The checksum of what was read, in lower-case hexadecimal.</summary>
    public string Sha256() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = IsTooLong ? 0 : from.Read(buffer);
        Taken += read;
        IsTooLong = Taken > most;
        _hash.AppendData(buffer[..read]);
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        from.Dispose();
        base.Dispose(disposing);
    }
}
