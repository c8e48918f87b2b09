namespace SEAS.Data.Datasets.Import.Sources;

/// <summary>A stream that is read from its beginning to its end, once: neither written nor moved about in.</summary>
internal abstract class ReadOnlyStream : Stream
{
    public sealed override bool CanRead => true;

    public sealed override bool CanSeek => false;

    public sealed override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    /// <summary>How much was read.</summary>
    public sealed override long Position
    {
        get => Taken;
        set => throw new NotSupportedException();
    }

    /// <summary>How much was read.</summary>
    protected long Taken { get; private set; }

    /// <summary>Reads on.</summary>
    protected abstract int Next(Span<byte> buffer);

    public sealed override int Read(Span<byte> buffer)
    {
        var read = Next(buffer);
        Taken += read;
        Check(buffer[..read], isEnd: read == 0 && buffer.Length > 0);
        return read;
    }

    public sealed override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Looks at what was read.</summary>
    protected abstract void Check(ReadOnlySpan<byte> read, bool isEnd);

    public sealed override void Flush()
    {
        // Nothing is written.
    }

    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public sealed override void SetLength(long value) => throw new NotSupportedException();

    public sealed override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
