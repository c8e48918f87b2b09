namespace SEAS.Data.Import;

/// <summary>What a packed file holds, unless it is a bomb.</summary>
/// <remarks>
/// Text packs at most about a hundredfold, a bomb a thousandfold. What comes out is never held, so memory is bounded in any case; the
/// limits keep time and the disk from being eaten.
/// </remarks>
/// <param name="packed">What unpacks it.</param>
/// <param name="packedBytes">How many bytes it is made from, so far or in all.</param>
/// <param name="checksum">The checksum that comes out, where the packing says it and does not look itself; null otherwise.</param>
internal sealed class Unpacked(Stream packed, Func<long> packedBytes, uint? checksum = null) : Stream
{
    /// <summary>From this much on, what comes out is compared with what went in.</summary>
    internal const long Unsuspicious = 64L << 20;

    /// <summary>How many bytes may come out of one.</summary>
    internal const long LargestRatio = 250;

    /// <summary>How much may come out in all.</summary>
    internal const long Largest = 256L << 30;

    private long _bytes;
    private Crc32 _found = new();

    public override int Read(Span<byte> buffer)
    {
        var read = packed.Read(buffer);
        _bytes += read;
        if (checksum is { } expected)
        {
            _found.Append(buffer[..read]);
            if (read == 0 && buffer.Length > 0 && _found.Value != expected)
            {
                throw new InvalidDataException("its checksum is another one");
            }
        }

        if (_bytes > Unsuspicious && (_bytes > Largest || _bytes / LargestRatio > packedBytes()))
        {
            throw new SourceFault(
                "a packed text",
                FormattableString.Invariant($"{packedBytes()} packed bytes that have become {_bytes} and go on, as those of a zip bomb do"),
                "Unpack it with another program if you trust it.");
        }

        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _bytes;
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            packed.Dispose();
        }

        base.Dispose(disposing);
    }
}
