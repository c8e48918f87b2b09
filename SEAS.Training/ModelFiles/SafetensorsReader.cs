using System.Runtime.InteropServices;
using SEAS.Training.Engine.Devices;
using static TorchSharp.torch;

namespace SEAS.Training.ModelFiles;

/// <summary>Reads tensors by name from a safetensors file, as float32.</summary>
internal sealed class SafetensorsReader : IDisposable
{
    private const int ChunkBytes = 1 << 17;

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

        // Straight to where the weights live: no second copy.
        var result = empty(entry.Shape, dtype: float32, device: CPU);
        var pieces = new TensorPieces(result);
        for (var piece = 0; piece < pieces.Count; piece++)
        {
            LargePages.AskFor(pieces[piece]);
        }

        pieces.ForEach(piece => ReadPiece(entry, size, TensorPieces.First(piece), pieces[piece]));
        return result;
    }

    /// <summary>Fills a tensor with what was written of it by <see cref="SafetensorsWriter.WriteAsTheyAre"/>, bit for bit.</summary>
    /// <param name="entry">Of the tensor's own type and shape.</param>
    /// <param name="into">On any device.</param>
    /// <exception cref="CheckpointException">Type or shape is another, or the file became shorter.</exception>
    public void Fill(TensorEntry entry, Tensor into)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var type = SafetensorsWriter.TypeOf(into).Name;
        if (entry.Type != type || !entry.Shape.SequenceEqual(into.shape))
        {
            throw new CheckpointException(
                $"Tensor {entry.Name} in {_path} should be of type {type} and shape [{string.Join(", ", into.shape)}] but is of type {entry.Type} "
                + $"and shape [{string.Join(", ", entry.Shape)}].");
        }

        var read = empty(entry.Shape, dtype: into.dtype, device: CPU);
        var pieces = new TensorPieces(read);
        var size = SafetensorsWriter.TypeOf(into).Size;
        pieces.ForEach(piece => ReadAll(entry, pieces[piece], TensorPieces.First(piece) * size));
        _ = into.detach().copy_(read);
    }

    private void ReadPiece(TensorEntry entry, int size, long first, Span<byte> into)
    {
        if (size == sizeof(float))
        {
            ReadAll(entry, into, first * size);
            return;
        }

        // Small enough to stay in the processor's cache between being read and being decoded.
        var numbers = MemoryMarshal.Cast<byte, float>(into);
        var chunk = new byte[Math.Min(ChunkBytes, numbers.Length * size)];
        for (var done = 0; done < numbers.Length; done += chunk.Length / size)
        {
            var part = chunk.AsSpan(0, Math.Min(chunk.Length, (numbers.Length - done) * size));
            ReadAll(entry, part, (first + done) * size);
            FloatEncoding.Decode(entry.Type, part, numbers.Slice(done, part.Length / size));
        }
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
