using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SEAS.Data.Datasets.Frozen;

/// <summary>One file of an export while it is written: takes bytes, counts them and the rows, forms the checksum on the way.</summary>
/// <param name="target">Where the bytes go.</param>
/// <param name="most">Stop after so many rows; for samples.</param>
internal sealed class EntryOutput(Stream target, long most = long.MaxValue) : IDisposable
{
    private const int FlushAt = 1 << 18;

    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly ArrayBufferWriter<byte> _buffer = new(FlushAt + (1 << 16));
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Utf8JsonWriter _json = new(Stream.Null, s_options);

    public long Rows { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Told of each row.</summary>
    public Action RowWritten { get; init; } = static () => { };

    /// <summary>Whether no more rows are wanted.</summary>
    public bool IsFull => Rows >= most;

    /// <summary>Writes bytes as they are.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        _buffer.Write(bytes);
        if (_buffer.WrittenCount >= FlushAt)
        {
            Flush();
        }
    }

    /// <summary>Writes JSON without a line's end.</summary>
    public void Json<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        _json.Reset(_buffer);
        write(_json, value);
        _json.Flush();
    }

    /// <summary>Ends a row.</summary>
    public void EndRow()
    {
        Rows++;
        RowWritten();
        if (_buffer.WrittenCount >= FlushAt)
        {
            Flush();
        }
    }

    /// <summary>Hands on what is held and says what was written.</summary>
    public ManifestFile Finish(string name)
    {
        Flush();
        return new ManifestFile(name, Rows, Bytes, Convert.ToHexStringLower(_hash.GetHashAndReset()));
    }

    public void Dispose()
    {
        _json.Dispose();
        _hash.Dispose();
    }

    private void Flush()
    {
        _hash.AppendData(_buffer.WrittenSpan);
        target.Write(_buffer.WrittenSpan);
        Bytes += _buffer.WrittenCount;
        _buffer.ResetWrittenCount();
    }
}
