using System.Runtime.InteropServices;
using System.Text;
using SEAS.Training.Engine.Devices;
using static TorchSharp.torch;

namespace SEAS.Training.ModelFiles;

/// <summary>Writes a GGUF file, version 3: head, table of tensors, tensors one after the other.</summary>
/// <remarks>Numbers are little endian; every tensor begins at a multiple of 32 bytes. Rows go from the model to the disk one by one, so no
/// second copy of the weights is made. Format: the description of GGUF in github.com/ggml-org/ggml.</remarks>
internal static class GgufFile
{
    public const int Alignment = 32;

    private const uint Magic = 0x46554747;   // "GGUF"
    private const uint Version = 3;
    private const int BlockNumbers = 1 << 20;

    public static void Write(Stream output, GgufMetadata metadata, IReadOnlyList<GgufTensor> tensors)
    {
        using var writer = new BinaryWriter(output, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write((ulong)tensors.Count);
        writer.Write(metadata.Count);
        writer.Flush();
        metadata.CopyTo(output);
        var offset = 0L;
        foreach (var tensor in tensors)
        {
            GgufMetadata.WriteText(writer, tensor.Name);
            writer.Write((uint)tensor.Shape.Length);
            foreach (var length in tensor.Shape.Reverse())   // the format counts the fastest dimension first
            {
                writer.Write((ulong)length);
            }

            writer.Write((uint)tensor.Type);
            writer.Write((ulong)offset);
            offset = Aligned(offset + tensor.Bytes);
        }

        writer.Flush();
        Pad(output);
        foreach (var tensor in tensors)
        {
            WriteRows(output, tensor);
            Pad(output);
        }
    }

    private static void WriteRows(Stream output, GgufTensor tensor)
    {
        using var scope = NewDisposeScope();
        var length = (int)tensor.Shape[^1];
        var numbers = HostCopy.Whole(tensor.Value).view(-1, length);
        var row = new byte[GgufTypes.RowBytes(tensor.Type, length)];

        // A span ends at 2 GiB, which the embedding of a large vocabulary is beyond.
        var rows = (int)numbers.shape[0];
        var block = tensor.SourceRow is null ? Math.Max(1, BlockNumbers / length) : rows;
        for (var first = 0; first < rows; first += block)
        {
            using var part = NewDisposeScope();
            var here = MemoryMarshal.Cast<byte, float>(numbers.narrow(0, first, Math.Min(block, rows - first)).bytes);
            for (var i = 0; i < here.Length / length; i++)
            {
                GgufTypes.Encode(tensor.Type, here.Slice((tensor.SourceRow?.Invoke(i) ?? i) * length, length), row);
                output.Write(row);
            }
        }
    }

    private static void Pad(Stream output) => output.Write(new byte[Aligned(output.Position) - output.Position]);

    private static long Aligned(long offset) => (offset + Alignment - 1) / Alignment * Alignment;
}

/// <summary>One tensor of a file.</summary>
/// <param name="Name">Its name in GGUF.</param>
/// <param name="Shape">One or two lengths, the rows first.</param>
/// <param name="Type">How its numbers are kept.</param>
/// <param name="Value">The numbers, float32.</param>
/// <param name="SourceRow">Which row of the numbers stands in a row of the file; null keeps their order.</param>
internal sealed record GgufTensor(string Name, long[] Shape, GgufType Type, Tensor Value, Func<int, int>? SourceRow = null)
{
    /// <summary>Bytes in the file.</summary>
    public long Bytes => (Shape.Length == 1 ? 1 : Shape[0]) * GgufTypes.RowBytes(Type, Shape[^1]);
}
