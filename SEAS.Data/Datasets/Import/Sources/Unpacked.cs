using System.IO.Hashing;

namespace SEAS.Data.Datasets.Import.Sources;

/// <summary>What a packed file holds, unless it is a bomb.</summary>
/// <remarks>
/// Text packs at most about a hundredfold, a bomb a thousandfold. What comes out is never held, so memory is bounded in any case; the
/// limits keep time and the disk from being eaten.
/// </remarks>
/// <param name="packed">What unpacks it.</param>
/// <param name="packedBytes">How many bytes it is made from, so far or in all.</param>
/// <param name="checksum">The checksum that comes out, where the packing says it and does not look itself; null otherwise.</param>
internal sealed class Unpacked(Stream packed, Func<long> packedBytes, uint? checksum = null) : ReadOnlyStream
{
    /// <summary>From this much on, what comes out is compared with what went in.</summary>
    internal const long Unsuspicious = 64L << 20;

    /// <summary>How many bytes may come out of one.</summary>
    internal const long LargestRatio = 250;

    /// <summary>How much may come out in all.</summary>
    internal const long Largest = 256L << 30;

    private readonly Crc32 _found = new();

    protected override int Next(Span<byte> buffer) => packed.Read(buffer);

    protected override void Check(ReadOnlySpan<byte> read, bool isEnd)
    {
        if (checksum is { } expected)
        {
            _found.Append(read);
            if (isEnd && _found.GetCurrentHashAsUInt32() != expected)
            {
                throw new InvalidDataException("its checksum is another one");
            }
        }

        if (Taken > Unsuspicious && (Taken > Largest || Taken / LargestRatio > packedBytes()))
        {
            throw new SourceFault(
                "a packed text",
                FormattableString.Invariant($"{packedBytes()} packed bytes that have become {Taken} and go on, as those of a zip bomb do"),
                "Unpack it with another program if you trust it.");
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            packed.Dispose();
        }

        base.Dispose(disposing);
    }
}
