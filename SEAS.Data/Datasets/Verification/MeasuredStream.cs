using System.Security.Cryptography;
using SEAS.Data.Datasets.Import.Sources;

namespace SEAS.Data.Datasets.Verification;

/// <summary>Hands on what is read, counts it and forms its checksum; ends soon after so many bytes, whatever a
/// zip pretends to hold.</summary>
internal sealed class MeasuredStream(Stream from, long most) : ReadOnlyStream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Whether there were more than so many.</summary>
    public bool IsTooLong => Taken > most;

    /// <summary>The checksum of what was read, in lower-case hexadecimal.</summary>
    public string Sha256() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    protected override int Next(Span<byte> buffer) => IsTooLong ? 0 : from.Read(buffer);

    protected override void Check(ReadOnlySpan<byte> read, bool isEnd) => _hash.AppendData(read);

    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        from.Dispose();
        base.Dispose(disposing);
    }
}
