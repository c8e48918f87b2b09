using System.Text.Json;

namespace SEAS.Data.Datasets.Frozen;

/// <summary>Reads our own files of JSON lines, a piece at a time.</summary>
internal static class FrozenLines
{
    private const int Piece = 1 << 18;
    private const int LongestLine = 1 << 26;

    /// <summary>The rows of a file. A row is good until the next one is asked for.</summary>
    /// <exception cref="DatasetException">A line is no JSON object.</exception>
    public static IEnumerable<JsonElement> Read(string path) => Rows(Lines(path), path);

    /// <summary>The same of a stream.</summary>
    /// <param name="file">The stream.</param>
    /// <param name="name">What to call it in messages.</param>
    public static IEnumerable<JsonElement> Read(Stream file, string name) => Rows(Lines(file), name);

    private static IEnumerable<JsonElement> Rows(IEnumerable<ReadOnlyMemory<byte>> lines, string name)
    {
        var number = 0L;
        foreach (var line in lines)
        {
            number++;
            using var row = Parse(name, number, line);
            yield return row.RootElement;
        }
    }

    /// <summary>The lines of a file, without their ends. A line is good until the next one is asked for.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Lines(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        foreach (var line in Lines(file))
        {
            yield return line;
        }
    }

    /// <summary>The lines of a stream, without their ends. A line is good until the next one is asked for.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Lines(Stream file)
    {
        var buffer = new byte[Piece];
        var held = 0;
        while (true)
        {
            var read = file.Read(buffer, held, buffer.Length - held);
            var end = held + read;
            var start = 0;
            while (buffer.AsSpan(start, end - start).IndexOf((byte)'\n') is var length and >= 0)
            {
                yield return buffer.AsMemory(start, length);
                start += length + 1;
            }

            held = end - start;
            if (read == 0)
            {
                if (held > 0)
                {
                    yield return buffer.AsMemory(start, held);
                }

                yield break;
            }

            buffer.AsSpan(start, held).CopyTo(buffer);
            if (held == buffer.Length)
            {
                if (held >= LongestLine)
                {
                    throw new InvalidDataException($"a line is longer than {LongestLine} bytes");
                }

                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }
    }

    private static JsonDocument Parse(string path, long number, ReadOnlyMemory<byte> line)
    {
        try
        {
            return JsonDocument.Parse(line);
        }
        catch (JsonException error)
        {
            throw new DatasetException(
                FormattableString.Invariant($"Line {number} of {path} should be one JSON object but is not: {error.Message} ")
                + "The file was changed after it was frozen; restore it from a copy.", error);
        }
    }
}
