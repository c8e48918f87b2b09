using ZstdSharp;

namespace SEAS.Data.Datasets.Import.Sources;

/// <summary>What Zstandard (RFC 8878) packed, unpacked while it is read; damage is an <see cref="InvalidDataException"/>, as of gzip.</summary>
internal sealed class Zstandard : ReadOnlyStream
{
    // Frames that go back further than 128 MiB are refused, as by the zstd program: they would be held in memory.
    private const int LongestWindowLog = 27;

    private readonly DecompressionStream _unpacked;

    private Zstandard(DecompressionStream unpacked) => _unpacked = unpacked;

    /// <summary>Unpacks a stream, which stays open.</summary>
    public static Zstandard Unpack(Stream packed)
    {
        var decompressor = new Decompressor();
        decompressor.SetParameter(ZstdSharp.Unsafe.ZSTD_dParameter.ZSTD_d_windowLogMax, LongestWindowLog);
        return new Zstandard(new DecompressionStream(packed, decompressor, preserveDecompressor: false, checkEndOfStream: true, leaveOpen: true));
    }

    protected override int Next(Span<byte> buffer)
    {
        try
        {
            return _unpacked.Read(buffer);
        }
        catch (Exception error) when (error is ZstdException or EndOfStreamException)
        {
            throw new InvalidDataException(error.Message, error);
        }
    }

    protected override void Check(ReadOnlySpan<byte> read, bool isEnd)
    {
        // A frame's own checksum is checked where it has one.
    }

    protected override void Dispose(bool disposing)
    {
        _unpacked.Dispose();
        base.Dispose(disposing);
    }
}
