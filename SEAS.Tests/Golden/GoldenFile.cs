using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using SEAS.Tests.Support;

namespace SEAS.Tests.Golden;

/// <summary>Numbers that PyTorch computed: <c>golden.safetensors</c> and <c>families.safetensors</c>, written by the scripts beside
/// them.</summary>
/// <remarks>Read here by a few lines of its own, so that a mistake in the program's safetensors reader cannot hide one elsewhere.</remarks>
internal static class GoldenFile
{
    private static readonly Lazy<(JsonElement Header, byte[] Numbers)[]> s_files =
        new(() => [Read("golden.safetensors"), Read("families.safetensors")]);

    /// <summary>All numbers of one tensor, row by row.</summary>
    public static float[] Numbers(string name)
    {
        var (header, numbers) = s_files.Value.First(file => file.Header.TryGetProperty(name, out _));
        var place = header.GetProperty(name).GetProperty("data_offsets");
        return MemoryMarshal.Cast<byte, float>(numbers.AsSpan()[place[0].GetInt32()..place[1].GetInt32()]).ToArray();
    }

    /// <summary>A tensor of one number.</summary>
    public static float Number(string name) => Assert.Single(Numbers(name));

    /// <summary>
    /// Fails unless the numbers agree to 1e-5 of the tensor's largest entry: float32 keeps 6e-8 of it, and the sums behind a gradient
    /// lose some hundred times that.
    /// </summary>
    public static void AssertClose(string name, float[] found)
    {
        var expected = Numbers(name);
        Assert.True(expected.Length == found.Length, $"{name}: {expected.Length} numbers expected, {found.Length} found");
        var largest = expected.Max(Math.Abs);
        var worst = expected.Zip(found).Max(pair => Math.Abs((double)pair.First - pair.Second));
        Assert.True(
            worst <= 1e-5 * largest, $"{name}: off by {worst:g3} where the largest entry is {largest:g3} ({worst / largest:g2} of it)");
    }

    private static (JsonElement Header, byte[] Numbers) Read(string file)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Repository.Root, "SEAS.Tests", "Golden", file));
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        using var header = JsonDocument.Parse(bytes.AsMemory(8, length));
        return (header.RootElement.Clone(), bytes[(8 + length)..]);
    }
}
