using System.Buffers;
using System.Buffers.Binary;
using SEAS.Data.Datasets.Import.Sources;

namespace SEAS.Data.Datasets.Import.Columnar;

/// <summary>
/// The end of a Parquet file, which says what is in it, looked through before the library reads it: it takes every length there at its word,
/// reads on without end where the bytes end, and goes down as deep as the columns say.
/// </summary>
internal static class ParquetFooter
{
    /// <summary>Footers are read whole; one of a file with 1,000 columns and 1,000 row groups has about this size.</summary>
    public const int Longest = 64 << 20;

    /// <summary>How deep structures and lists may be nested; a list takes two levels.</summary>
    public const int Deepest = 32;

    /// <summary>How many columns and groups of columns a file may have.</summary>
    public const int MostColumns = 10_000;

    private const int TailLength = 8;

    /// <summary>The file with a footer that holds only what rows are read by.</summary>
    /// <param name="file">The file; it must be able to seek, and is closed with the stream that is given back.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <exception cref="SourceFault">It is no whole Parquet file, or encrypted, or nested too deep.</exception>
    public static ParquetBytes Checked(Stream file, string name)
    {
        try
        {
            return Open(file, name);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>A file that cannot be read since it is damaged.</summary>
    public static SourceFault Damaged(string name, string what, Exception? cause = null) =>
        new("a whole Parquet file", $"{name}, of which this cannot be read: {what}", "Get the file again.", cause);

    /// <summary>A file that cannot be read without a key.</summary>
    public static SourceFault Encrypted(string name) => new(
        "a Parquet file that can be read without a key", $"{name}, which is encrypted", "Write it again without encryption.");

    private static ParquetBytes Open(Stream file, string name)
    {
        Span<byte> head = stackalloc byte[4];
        Span<byte> tail = stackalloc byte[TailLength];
        if (file.Length < head.Length + tail.Length)
        {
            throw Damaged(name, "it is shorter than a Parquet file without rows");
        }

        file.Position = 0;
        file.ReadExactly(head);
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        if (head.SequenceEqual(ParquetRows.EncryptedMagic) || tail[4..].SequenceEqual(ParquetRows.EncryptedMagic))
        {
            throw Encrypted(name);
        }

        if (!head.SequenceEqual(ParquetRows.Magic) || !tail[4..].SequenceEqual(ParquetRows.Magic))
        {
            throw Damaged(name, "it does not end as a Parquet file does: it was cut short, or is another file");
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        var most = Math.Min(file.Length - head.Length - tail.Length, Longest);
        if (length > most)
        {
            throw Damaged(name, FormattableString.Invariant($"its description claims {length} bytes, where at most {most} can be"));
        }

        var body = file.Length - TailLength - length;
        var bytes = new byte[length];
        file.Position = body;
        file.ReadExactly(bytes);
        return new ParquetBytes(file, body, Clean(bytes, name));
    }

    private static ReadOnlyMemory<byte> Clean(byte[] footer, string name)
    {
        var target = new ArrayBufferWriter<byte>(footer.Length + TailLength);
        var children = new List<long>();
        var reader = new ThriftReader(footer);
        try
        {
            new ThriftCopy(target, isStrict: false, Found).Struct(ref reader, ParquetShapes.FileMetaData);
        }
        catch (Exception error) when (error is EndOfStreamException or InvalidDataException)
        {
            throw Damaged(name, error.Message, error);
        }

        Nesting(children, name);
        var length = target.WrittenCount;
        BinaryPrimitives.WriteInt32LittleEndian(target.GetSpan(4), length);
        target.Advance(4);
        target.Write(ParquetRows.Magic);
        return target.WrittenMemory;

        void Found(ThriftShape shape, int number, long value)
        {
            if (shape == ParquetShapes.SchemaElement && number == 0)
            {
                children.Add(0);
            }
            else if (shape == ParquetShapes.SchemaElement && number == ParquetShapes.Children)
            {
                children[^1] = value;
            }
        }
    }

    // The columns are listed depth first, each with the number of its children.
    private static void Nesting(List<long> children, string name)
    {
        if (children.Count > MostColumns)
        {
            throw new SourceFault(
                FormattableString.Invariant($"a Parquet file with at most {MostColumns} columns"),
                FormattableString.Invariant($"{name} with {children.Count}"), "Write it again with the columns that are of use.");
        }

        var open = new Stack<long>([1]);
        foreach (var count in children)
        {
            if (!open.TryPop(out var left) || count < 0 || count > children.Count)
            {
                throw Damaged(name, "the numbers of its columns do not add up");
            }

            open.Push(left - 1);
            open.Push(count);
            while (open.TryPeek(out var last) && last == 0)
            {
                open.Pop();
            }

            if (open.Count > Deepest)
            {
                throw new SourceFault(
                    FormattableString.Invariant($"a Parquet file whose columns are nested at most {Deepest} levels deep"),
                    $"{name}, which is nested deeper", "Write it again with flatter columns.");
            }
        }

        if (open.Count > 0)
        {
            throw Damaged(name, "the numbers of its columns do not add up");
        }
    }
}
