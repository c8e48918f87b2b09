using System.Security.Cryptography;
using System.Text;

namespace SEAS.Data.Datasets.Verification;

/// <summary>The ids of a file's rows, sixteen bytes each: a million of them fit into little memory.</summary>
internal sealed class IdSet
{
    private readonly HashSet<UInt128> _ids = [];

    public int Count => _ids.Count;

    /// <summary>False if it is there already.</summary>
    public bool Add(string id) => _ids.Add(Of(id));

    public bool Contains(string id) => _ids.Contains(Of(id));

    private static UInt128 Of(string id)
    {
        Span<byte> sum = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(id), sum);
        return new UInt128(BitConverter.ToUInt64(sum), BitConverter.ToUInt64(sum[8..]));
    }
}
