using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace SEAS.Training.Checkpoints;

/// <summary>Reads tensors by name from a safetensors file, as float32.</summary>
internal sealed class SafetensorsReader : IDisposable
{
    private const int ChunkBytes = 1 << 20;

    private readonly FileStream _file;
    private readonly string _path;

    private SafetensorsReader(FileStream file, string path, IReadOnlyList<TensorEntry> entries)
    {
        _file = file;
        _path = path;
        Entries = entries;
    }

    /// <summary>The file's tensors in the order of its table.</summary>
    public IReadOnlyList<TensorEntry> Entries { get; }

    /// <summary>Opens a file and checks its table.</summary>
    /// <exception cref="CheckpointException">The file cannot be opened or is not sound.</exception>
    public static SafetensorsReader Open(string path)
    {
        FileStream? file = null;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            return new SafetensorsReader(file, path, SafetensorsHeader.Read(file, path));
        }
        catch (Exception error)
        {
            file?.Dispose();
            if (error is IOException or UnauthorizedAccessException)
            {
                throw new CheckpointException(
                    $"The weights file {path} cannot be read: {error.Message} Check that it is there and readable.", error);
            }

            throw;
        }
    }

    /// <summary>One tensor as float32 on the CPU; it belongs to the caller's scope.</summary>
    /// <exception cref="CheckpointException">The tensor's type cannot be used as weights, or the file became shorter.</exception>
    public Tensor Read(TensorEntry entry)
    {
        if (FloatEncoding.SizeOf(entry.Type) is not { } size)
        {
            throw new CheckpointException(
                $"Tensor {entry.Name} in {_path} has the type {entry.Type}; weights are read as F32, F16 or BF16. "
                + "Convert the model to one of these, for example with save_pretrained after loading it in float32.");
        }

        var result = empty(entry.Shape, dtype: float32, device: CPU);
        var into = result.bytes;
        if (size == sizeof(float))
        {
            ReadAll(entry, into, 0);   // straight to where the weights live: no second copy
            return result;
        }

        var numbers = MemoryMarshal.Cast<byte, float>(into);
        var chunk = new byte[Math.Min(ChunkBytes, entry.Bytes)];
        for (long done = 0; done < entry.Bytes; done += chunk.Length)
        {
            var part = chunk.AsSpan(0, (int)Math.Min(chunk.Length, entry.Bytes - done));
            ReadAll(entry, part, done);
            FloatEncoding.Decode(entry.Type, part, numbers.Slice((int)(done / size), part.Length / size));
        }

        return result;
    }

    private void ReadAll(TensorEntry entry, Span<byte> into, long from)
    {
        for (var done = 0; done < into.Length;)
        {
            var read = RandomAccess.Read(_file.SafeFileHandle, into[done..], entry.Offset + from + done);
            done += read > 0 ? read : throw new CheckpointException(
                $"The weights file {_path} ended while tensor {entry.Name} was read. Copy it again.");
        }
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();
}
