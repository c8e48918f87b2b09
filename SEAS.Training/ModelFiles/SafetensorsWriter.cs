using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using SEAS.Training.Engine.Devices;
using static TorchSharp.torch;

namespace SEAS.Training.ModelFiles;

/// <summary>Writes tensors to a safetensors file.</summary>
internal static class SafetensorsWriter
{
    private const int ChunkNumbers = 1 << 18;
    private const int Alignment = 8;   // so that a reader may map the numbers straight into memory

    /// <summary>Writes a new file and waits until the disk has it.</summary>
    /// <param name="path">The file to make.</param>
    /// <param name="tensors">Names and tensors.</param>
    /// <param name="precision">How exactly numbers are kept.</param>
    /// <param name="whole">Gives what is written in a tensor's place, one at a time; null writes the tensors themselves.</param>
    public static void Write(
        string path, IReadOnlyList<(string Name, Tensor Value)> tensors, WeightPrecision precision = WeightPrecision.Float32,
        Func<Tensor, Tensor>? whole = null)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        var type = TypeOf(precision);
        WriteTable(file, Table([.. tensors.Select(tensor => (tensor.Name, tensor.Value.shape, type))]));
        foreach (var (_, value) in tensors)
        {
            using var scope = NewDisposeScope();
            var pieces = new TensorPieces(HostCopy.Whole(whole?.Invoke(value) ?? value).type(float32));
            for (var piece = 0; piece < pieces.Count; piece++)
            {
                WriteNumbers(file, MemoryMarshal.Cast<byte, float>(pieces[piece]), precision);
            }
        }

        file.Flush(flushToDisk: true);
    }

    /// <summary>Writes a new file that holds every tensor in its own type, bit for bit, and waits until the disk has it.</summary>
    /// <param name="path">The file to make.</param>
    /// <param name="tensors">Names and tensors: float32, bfloat16 or int16.</param>
    public static void WriteAsTheyAre(string path, IReadOnlyList<(string Name, Tensor Value)> tensors)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        var table = Table([.. tensors.Select(tensor => (tensor.Name, tensor.Value.shape, TypeOf(tensor.Value)))]);
        WriteTable(file, table);
        foreach (var (_, value) in tensors)
        {
            using var scope = NewDisposeScope();
            var pieces = new TensorPieces(HostCopy.Whole(value));
            for (var piece = 0; piece < pieces.Count; piece++)
            {
                file.Write(pieces[piece]);
            }
        }

        file.Flush(flushToDisk: true);
    }

    /// <summary>How the format spells a tensor's own type, and the bytes of one number.</summary>
    internal static (string Name, int Size) TypeOf(Tensor value) => value.dtype switch
    {
        ScalarType.Float32 => ("F32", 4),
        ScalarType.BFloat16 => ("BF16", 2),
        ScalarType.Int16 => ("I16", 2),
        var other => throw new CheckpointException($"A tensor of type {other} is not kept in a safetensors file; expected Float32, BFloat16 or Int16."),
    };

    private static void WriteNumbers(FileStream file, ReadOnlySpan<float> numbers, WeightPrecision precision)
    {
        if (precision == WeightPrecision.Float32)
        {
            file.Write(MemoryMarshal.AsBytes(numbers));
            return;
        }

        var size = FloatEncoding.SizeOf(precision);
        var chunk = new byte[Math.Min(ChunkNumbers, numbers.Length) * size];
        for (var done = 0; done < numbers.Length; done += ChunkNumbers)
        {
            var part = numbers.Slice(done, Math.Min(ChunkNumbers, numbers.Length - done));
            FloatEncoding.Encode(precision, part, chunk);
            file.Write(chunk.AsSpan(0, part.Length * size));
        }
    }

    private static (string Name, int Size) TypeOf(WeightPrecision precision) => (
        precision switch
        {
            WeightPrecision.Float32 => "F32",
            WeightPrecision.Float16 => "F16",
            WeightPrecision.BFloat16 => "BF16",
            _ => throw new CheckpointException(
                $"A safetensors file cannot hold {WeightPrecisions.Name(precision)}. Choose f32, f16 or bf16, or write a GGUF file."),
        },
        FloatEncoding.SizeOf(precision));

    private static void WriteTable(FileStream file, byte[] table)
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)table.Length);
        file.Write(length);
        file.Write(table);
    }

    private static byte[] Table(IReadOnlyList<(string Name, long[] Shape, (string Name, int Size) Type)> tensors)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            json.WriteString("format", "pt");
            json.WriteEndObject();
            long offset = 0;
            foreach (var (name, shape, type) in tensors)
            {
                var end = offset + (shape.Aggregate(1L, (a, b) => a * b) * type.Size);
                json.WriteStartObject(name);
                json.WriteString("dtype", type.Name);
                WriteNumbers(json, "shape", shape);
                WriteNumbers(json, "data_offsets", [offset, end]);
                json.WriteEndObject();
                offset = end;
            }

            json.WriteEndObject();
        }

        while (buffer.Length % Alignment != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.ToArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, ReadOnlySpan<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
