using System.Buffers.Binary;
using System.Text.Json;

namespace SEAS.Training.ModelFiles;

/// <summary>Reads and checks the table at the beginning of a safetensors file.</summary>
/// <remarks>
/// The file is 8 bytes (length of the table, little endian), the table as JSON, then the numbers. A file from elsewhere may say anything,
/// so every length and offset is checked against the file before a byte of it is used: tensors lie inside, do not overlap, leave no hole,
/// and are as long as their shapes say. Format: github.com/huggingface/safetensors.
/// </remarks>
internal static class SafetensorsHeader
{
    private const long LongestTable = 100_000_000;   // the format's own limit

    private static readonly Dictionary<string, int> TypeSizes = new(StringComparer.Ordinal)
    {
        ["BOOL"] = 1, ["U8"] = 1, ["I8"] = 1, ["F8_E4M3"] = 1, ["F8_E5M2"] = 1, ["I16"] = 2, ["U16"] = 2, ["F16"] = 2, ["BF16"] = 2,
        ["I32"] = 4, ["U32"] = 4, ["F32"] = 4, ["I64"] = 8, ["U64"] = 8, ["F64"] = 8,
    };

    /// <param name="file">The whole file, at its beginning.</param>
    /// <param name="path">Its name, for messages.</param>
    /// <exception cref="CheckpointException">The table is not sound.</exception>
    public static IReadOnlyList<TensorEntry> Read(Stream file, string path)
    {
        var table = ReadTable(file, path);
        var data = sizeof(long) + (long)table.Length;
        List<TensorEntry> entries = [];
        try
        {
            using var json = JsonDocument.Parse(table);
            foreach (var property in json.RootElement.EnumerateObject())
            {
                if (!property.NameEquals("__metadata__"))
                {
                    entries.Add(Entry(property, data, file.Length - data, path));
                }
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw Damaged(path, $"its table of tensors is not the JSON that it should be ({error.Message})", error);
        }

        CheckLayout(entries, data, file.Length, path);
        return entries;
    }

    private static byte[] ReadTable(Stream file, string path)
    {
        Span<byte> prefix = stackalloc byte[sizeof(long)];
        if (file.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false) < prefix.Length)
        {
            throw Damaged(path, $"it has {file.Length} bytes, fewer than the 8 that say how long its table is");
        }

        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > LongestTable || (long)length > file.Length - sizeof(long))
        {
            throw Damaged(
                path,
                $"it says that its table is {length} bytes long, but {file.Length - sizeof(long)} follow "
                + $"(at most {LongestTable} are allowed)");
        }

        var table = new byte[length];
        file.ReadExactly(table);
        return table;
    }

    private static TensorEntry Entry(JsonProperty property, long data, long available, string path)
    {
        var name = property.Name;
        var type = property.Value.GetProperty("dtype").GetString() ?? "";
        if (!TypeSizes.TryGetValue(type, out var size))
        {
            throw Damaged(path, $"tensor {name} has the unknown type {type}");
        }

        var shape = property.Value.GetProperty("shape").EnumerateArray().Select(length => length.GetInt64()).ToArray();
        var offsets = property.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64()).ToArray();
        if (offsets is not [var begin, var end] || begin < 0 || end < begin || end > available)
        {
            throw Damaged(
                path,
                $"tensor {name} claims the bytes {string.Join(" to ", offsets)}, but the file holds {available} bytes of numbers");
        }

        if (Bytes(shape, size) is not { } expected || expected != end - begin)
        {
            throw Damaged(
                path,
                $"tensor {name} of shape [{string.Join(", ", shape)}] and type {type} should not have {end - begin} bytes");
        }

        return new TensorEntry(name, type, shape, data + begin, end - begin);
    }

    /// <summary>Null when a length is negative or the product does not fit into 63 bits.</summary>
    private static long? Bytes(long[] shape, long size)
    {
        Int128 bytes = size;
        foreach (var length in shape)
        {
            bytes *= length;
            if (length < 0 || bytes > long.MaxValue)
            {
                return null;
            }
        }

        return (long)bytes;
    }

    private static void CheckLayout(List<TensorEntry> entries, long data, long end, string path)
    {
        var repeated = entries.GroupBy(entry => entry.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (repeated is not null)
        {
            throw Damaged(path, $"tensor {repeated.Key} stands in its table {repeated.Count()} times");
        }

        var expected = data;
        foreach (var entry in entries.OrderBy(entry => entry.Offset).ThenBy(entry => entry.Bytes))
        {
            if (entry.Offset != expected)
            {
                var what = entry.Offset < expected ? "overlaps the one before it" : "leaves a hole before it";
                throw Damaged(path, $"tensor {entry.Name} {what} (it begins at byte {entry.Offset}, not at {expected})");
            }

            expected += entry.Bytes;
        }

        if (expected != end)
        {
            throw Damaged(path, $"its tensors end at byte {expected}, but the file has {end}");
        }
    }

    private static CheckpointException Damaged(string path, string what, Exception? cause = null) => new(
        $"The weights file {path} is damaged or not a safetensors file: {what}. Download or copy it again.",
        cause ?? new InvalidDataException(what));
}
