using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using SEAS.Data.Contracts;
using SEAS.Tests.Support;
using SEAS.Training.ModelFiles;
using SEAS.Training.Runs.Context;
using SEAS.Web.Live;
using TorchSharp;

namespace SEAS.Tests.ModelFiles;

public sealed class SafetensorsTests
{
    [Fact]
    public void What_is_written_is_read_back()
    {
        using var scope = torch.NewDisposeScope();
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "w.safetensors");
        SafetensorsWriter.Write(path, [("a", torch.tensor([1f, -2f, 3.5f, 4f, 5f, 6f], [2, 3])), ("b", torch.tensor([7f]))]);

        using var reader = SafetensorsReader.Open(path);

        Assert.Equal(["a", "b"], reader.Entries.Select(entry => entry.Name));
        Assert.Equal([2, 3], reader.Entries[0].Shape);
        Assert.Equal([1f, -2f, 3.5f, 4f, 5f, 6f], reader.Read(reader.Entries[0]).data<float>().ToArray());
        Assert.Equal([7f], reader.Read(reader.Entries[1]).data<float>().ToArray());
    }

    [Fact]
    public void Half_precision_numbers_become_float32_exactly()
    {
        // 1.5 and −0.25 in bfloat16 (upper half of a float32) and in float16; 2^−24 is the least float16.
        using var folder = new TemporaryFolder();
        var path = Raw(
            folder,
            """{"b":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]},"h":{"dtype":"F16","shape":[3],"data_offsets":[4,10]}}""",
            [0xC0, 0x3F, 0x80, 0xBE, 0x00, 0x3E, 0x00, 0xB4, 0x01, 0x00]);

        using var scope = torch.NewDisposeScope();
        using var reader = SafetensorsReader.Open(path);

        Assert.Equal([1.5f, -0.25f], reader.Read(reader.Entries[0]).data<float>().ToArray());
        Assert.Equal([1.5f, -0.25f, MathF.Pow(2, -24)], reader.Read(reader.Entries[1]).data<float>().ToArray());
    }

    [Fact]
    public void Saved_in_half_precision_numbers_are_rounded_and_too_large_ones_refused()
    {
        using var scope = torch.NewDisposeScope();
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "w.safetensors");

        // Between 1 and 2 half precision has steps of 2^−10: 1 + 2^−12 is nearest to 1.
        SafetensorsWriter.Write(path, [("a", torch.tensor([1f + MathF.Pow(2, -12), -0.25f, 65504f]))], WeightPrecision.Float16);

        using var reader = SafetensorsReader.Open(path);
        Assert.Equal([1f, -0.25f, 65504f], reader.Read(reader.Entries[0]).data<float>().ToArray());
        var error = Assert.Throws<CheckpointException>(() => SafetensorsWriter.Write(
            Path.Combine(folder.Path, "large"), [("a", torch.tensor([70_000f]))], WeightPrecision.Float16));
        Assert.Contains("70000 cannot be saved in half precision", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""", "tensor a claims the bytes 0 to 12")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", "tensor a claims the bytes 8 to 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", "tensor a claims")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "tensor a of shape [3]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296,2],"data_offsets":[0,8]}}""", "tensor a of shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]}}""", "tensor a of shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}""", "not the JSON")]
    [InlineData("""{"a":{"dtype":"F31","shape":[2],"data_offsets":[0,8]}}""", "unknown type F31")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,8]}}""", "not the JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""",
        "tensor b overlaps")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "tensor a leaves a hole")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "tensors end at byte")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""",
        "tensor a stands in its table 2 times")]
    [InlineData("""[1,2]""", "not the JSON")]
    [InlineData("""{"a":3}""", "not the JSON")]
    [InlineData("""{"a":""", "not the JSON")]
    public void A_table_that_is_not_sound_is_refused_by_name(string table, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = Raw(folder, table, new byte[8]);

        var error = Assert.Throws<CheckpointException>(() => SafetensorsReader.Open(path));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_longer_than_the_file_is_refused_before_memory_is_taken_for_it()
    {
        using var folder = new TemporaryFolder();
        foreach (var claimed in (ulong[])[9, 1UL << 40, ulong.MaxValue])
        {
            var bytes = new byte[16];
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, claimed);
            var path = Path.Combine(folder.Path, claimed + ".safetensors");
            File.WriteAllBytes(path, bytes);

            Assert.Contains($"{claimed} bytes long", Assert.Throws<CheckpointException>(() => SafetensorsReader.Open(path)).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        using var scope = torch.NewDisposeScope();
        using var folder = new TemporaryFolder();
        var whole = Path.Combine(folder.Path, "whole.safetensors");
        SafetensorsWriter.Write(whole, [("a", torch.ones(5)), ("b", torch.ones(2, 2))]);
        var bytes = File.ReadAllBytes(whole);
        var cut = Path.Combine(folder.Path, "cut.safetensors");
        for (var length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(cut, bytes[..length]);
            Assert.Throws<CheckpointException>(() => SafetensorsReader.Open(cut));
        }
    }

    // 65,536 texts of bits, and so every register and what is left over beside.
    [Theory]
    [InlineData("F16")]
    [InlineData("BF16")]
    public void Every_number_of_two_bytes_becomes_float32_exactly(string type)
    {
        using var folder = new TemporaryFolder();
        var halves = Enumerable.Range(0, 65_536).Select(bits => (ushort)bits).Append((ushort)0x3C01).ToArray();
        var path = Raw(
            folder,
            $$$"""{"a":{"dtype":"{{{type}}}","shape":[{{{halves.Length}}}],"data_offsets":[0,{{{halves.Length * 2}}}]}}""",
            MemoryMarshal.AsBytes<ushort>(halves).ToArray());

        using var scope = torch.NewDisposeScope();
        using var reader = SafetensorsReader.Open(path);
        var found = reader.Read(reader.Entries[0]).data<float>().ToArray();

        for (var i = 0; i < halves.Length; i++)
        {
            var expected = type == "F16"
                ? (float)BitConverter.UInt16BitsToHalf(halves[i]) : BitConverter.UInt32BitsToSingle((uint)halves[i] << 16);
            Assert.True(
                float.IsNaN(expected)
                    ? float.IsNaN(found[i])
                    : BitConverter.SingleToUInt32Bits(expected) == BitConverter.SingleToUInt32Bits(found[i]),
                $"{halves[i]:X4} should be {expected:R} but is {found[i]:R}");
        }
    }

    [Theory]
    [InlineData(WeightPrecision.Float32)]
    [InlineData(WeightPrecision.BFloat16)]
    public void Tensors_of_several_pieces_come_back_whole_and_in_order(WeightPrecision precision)
    {
        using var scope = torch.NewDisposeScope();
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "w.safetensors");
        var count = (2 * TensorPieces.Numbers) + 7;
        var numbers = new float[count];
        for (var i = 0; i < count; i++)
        {
            // Exact in eight bits of fraction, and different at the same place of every piece.
            numbers[i] = (i % 251) + (4 * (i / TensorPieces.Numbers));
        }

        SafetensorsWriter.Write(path, [("first", torch.ones(3)), ("a", torch.tensor(numbers))], precision);

        using var reader = SafetensorsReader.Open(path);
        Assert.Equal(numbers, reader.Read(reader.Entries[1]).data<float>().ToArray());
        Assert.Equal([1f, 1f, 1f], reader.Read(reader.Entries[0]).data<float>().ToArray());
    }

    [Fact]
    public void A_file_that_becomes_shorter_while_several_threads_read_it_is_refused_as_any()
    {
        using var scope = torch.NewDisposeScope();
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "w.safetensors");
        SafetensorsWriter.Write(path, [("a", torch.zeros(3 * TensorPieces.Numbers))]);
        using var reader = SafetensorsReader.Open(path);
        using (var other = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            other.SetLength(other.Length / 2);
        }

        var error = Assert.Throws<CheckpointException>(() => reader.Read(reader.Entries[0]));

        Assert.Contains("ended while tensor a was read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whole_numbers_cannot_be_weights()
    {
        using var folder = new TemporaryFolder();
        var path = Raw(folder, """{"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}""", new byte[8]);
        using var reader = SafetensorsReader.Open(path);

        Assert.Contains("type I64", Assert.Throws<CheckpointException>(() => reader.Read(reader.Entries[0])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("/nowhere/w.safetensors",
            Assert.Throws<CheckpointException>(() => SafetensorsReader.Open("/nowhere/w.safetensors")).Message, StringComparison.Ordinal);

    private static string Raw(TemporaryFolder folder, string table, byte[] numbers)
    {
        var header = Encoding.UTF8.GetBytes(table);
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        var path = Path.Combine(folder.Path, "raw.safetensors");
        File.WriteAllBytes(path, [.. length, .. header, .. numbers]);
        return path;
    }
}
