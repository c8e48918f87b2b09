using System.Collections.Concurrent;
using System.Security.Cryptography;
using SEAS.Data.Datasets.Frozen;

namespace SEAS.Data.Datasets.Export;

/// <summary>Makes sure that frozen files are what was frozen before anything is made of them; each once, until it changes.</summary>
internal sealed class FrozenChecks
{
    private readonly ConcurrentDictionary<string, (long Length, DateTime Written, string Sha256)> _known = new(StringComparer.Ordinal);

    /// <summary>Where the file lies.</summary>
    /// <exception cref="DatasetException">It is gone, or its bytes are others.</exception>
    public string Checked(FrozenVersion round, string file, CancellationToken cancellation)
    {
        var path = round.PathOf(file);
        var wanted = round.FileOf(file).Sha256;
        var found = Sum(path, cancellation);
        return found == wanted ? path : throw new DatasetException(
            $"{path} was changed after it was frozen: it should have the checksum {wanted} but has {found}. "
            + "Restore it from a copy; nothing was made of it.");
    }

    /// <summary>SHA-256 of a file; read once, until its size or time changes.</summary>
    /// <exception cref="DatasetException">It is gone.</exception>
    public string Sum(string path, CancellationToken cancellation)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new DatasetException($"{path} should be there but is not. Restore it from a copy; nothing was made of it.");
        }

        if (_known.TryGetValue(path, out var known) && known.Length == file.Length && known.Written == file.LastWriteTimeUtc)
        {
            return known.Sha256;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        var piece = new byte[1 << 18];
        for (var read = stream.Read(piece); read > 0; read = stream.Read(piece))
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(piece.AsSpan(0, read));
        }

        var sum = Convert.ToHexStringLower(hash.GetHashAndReset());
        _known[path] = (file.Length, file.LastWriteTimeUtc, sum);
        return sum;
    }
}
