using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using static TorchSharp.torch;

namespace SEAS.Training.Checkpoints;

/// <summary>Writes tensors to a safetensors file.</summary>
internal static class SafetensorsWriter
{
    private const int Alignment = 8;   // so that a reader may map the numbers straight into memory

    /// <summary>Writes a new file and waits until the disk has it.</summary>
    public static void Write(
        string path, IReadOnlyList<(string Name, Tensor Value)> tensors, WeightPrecision precision = WeightPrecision.Float32)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        var table = Table(tensors, precision);
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)table.Length);
        file.Write(length);
        file.Write(table);
        foreach (var (_, value) in tensors)
        {
            using var scope = NewDisposeScope();
            var bytes = value.detach().cpu().contiguous().bytes;
            file.Write(precision == WeightPrecision.Float16 ? FloatEncoding.ToHalf(MemoryMarshal.Cast<byte, float>(bytes)) : bytes);
        }

        file.Flush(flushToDisk: true);
    }

    private static byte[] Table(IReadOnlyList<(string Name, Tensor Value)> tensors, WeightPrecision precision)
    {
        var (type, size) = precision == WeightPrecision.Float16 ? ("F16", sizeof(ushort)) : ("F32", sizeof(float));
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            json.WriteString("format", "pt");
            json.WriteEndObject();
            long offset = 0;
            foreach (var (name, value) in tensors)
            {
                var shape = value.shape;
                var end = offset + (shape.Aggregate(1L, (a, b) => a * b) * size);
                json.WriteStartObject(name);
                json.WriteString("dtype", type);
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
