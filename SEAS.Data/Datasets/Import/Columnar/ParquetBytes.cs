namespace SEAS.Data.Datasets.Import.Columnar;

/// <summary>A Parquet file whose footer is another one than on the disk. It answers at once, also where it is asked asynchronously.</summary>
/// <param name="file">The file.</param>
/// <param name="body">How many of its bytes come before the footer.</param>
/// <param name="tail">What comes after these.</param>
internal sealed class ParquetBytes(Stream file, long body, ReadOnlyMemory<byte> tail) : Stream
{
    /// <summary>How many bytes come before the footer: pages lie there.</summary>
    public long Body => body;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => body + tail.Length;

    public override long Position { get; set; }

    public override int Read(Span<byte> buffer)
    {
        var read = 0;
        if (Position < body)
        {
            file.Position = Position;
            read = file.Read(buffer[..(int)Math.Min(buffer.Length, body - Position)]);
        }
        else if (Position < Length)
        {
            var rest = tail.Span[(int)(Position - body)..];
            read = Math.Min(rest.Length, buffer.Length);
            rest[..read].CopyTo(buffer);
        }

        Position += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <exception cref="EndOfStreamException">There is none left: the library would take the end for a byte.</exception>
    public override int ReadByte()
    {
        Span<byte> one = stackalloc byte[1];
        return Read(one) == 1 ? one[0] : throw new EndOfStreamException("it ends within a page");
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override long Seek(long offset, SeekOrigin origin)
    {
        var from = origin switch
        {
            SeekOrigin.Begin => 0,
            SeekOrigin.Current => Position,
            _ => Length,
        };
        return Position = from + offset >= 0 ? from + offset : throw new IOException("it names a place before its beginning");
    }

    public override void Flush()
    {
        // Nothing is written.
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        file.Dispose();
        base.Dispose(disposing);
    }
}
