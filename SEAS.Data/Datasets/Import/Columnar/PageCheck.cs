using System.Buffers;
using Parquet.Meta;
using ZstdSharp;

namespace SEAS.Data.Datasets.Import.Columnar;

/// <summary>The pages of one column of a row group, looked at before they are unpacked: where they lie and how much memory they ask for.</summary>
internal sealed class PageCheck
{
    /// <summary>The most that a page may have unpacked, in bytes; writers make pages of about 1 MiB.</summary>
    public const long LongestPage = 256 << 20;

    /// <summary>The most values of a column that a row group may have; writers make groups of at most a million rows.</summary>
    public const long MostValues = 1 << 24;

    private const int FirstLook = 1 << 10;
    private const int LongestHead = 16 << 20;

    private readonly ParquetBytes _file;
    private readonly ArrayBufferWriter<byte> _head = new(FirstLook);
    private readonly Dictionary<(ThriftShape, int), long> _numbers = [];

    private PageCheck(ParquetBytes file) => _file = file;

    /// <summary>Looks at the pages of a column.</summary>
    /// <param name="file">The file.</param>
    /// <param name="column">What the footer says of the column.</param>
    /// <returns>How many bytes they have when they are unpacked.</returns>
    /// <exception cref="InvalidDataException">They do not lie in the file, or are not what the footer says, or ask for too much.</exception>
    public static long Unpacked(ParquetBytes file, ColumnMetaData column) => new PageCheck(file).Unpacked(column);

    private long Unpacked(ColumnMetaData column)
    {
        if (column.NumValues is < 0 or > MostValues)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"a row group claims {column.NumValues} values of a column, where at most {MostValues} are read; make row groups smaller"));
        }

        // The library begins at the first of these, and so does this.
        var at = new[] { column.DictionaryPageOffset ?? 0, column.DataPageOffset, column.IndexPageOffset ?? 0 }
            .Where(offset => offset != 0).DefaultIfEmpty(0).Min();
        var (values, bytes) = (0L, 0L);
        while (values < column.NumValues)
        {
            if (at < ParquetRows.Magic.Length || at >= _file.Body)
            {
                throw new InvalidDataException(FormattableString.Invariant(
                    $"a column has {values} values in its pages, where its description says {column.NumValues}"));
            }

            var page = Head(ref at);
            at = Body(at, page, column.Codec);
            values += page.Values;
            bytes += page.Unpacked;
        }

        return values == column.NumValues
            ? bytes
            : throw new InvalidDataException(FormattableString.Invariant(
                $"a column has {values} values in its pages, where its description says {column.NumValues}"));
    }

    private long Body(long at, Page page, CompressionCodec codec)
    {
        if (page.Packed < 0 || page.Levels < 0 || page.Levels > page.Packed || at + page.Packed > _file.Body)
        {
            throw new InvalidDataException(FormattableString.Invariant($"a page claims {page.Packed} bytes, which the file does not have"));
        }

        var claimed = codec switch
        {
            _ when !page.IsPacked => page.Packed,
            CompressionCodec.UNCOMPRESSED => page.Unpacked == page.Packed ? page.Unpacked
                : throw new InvalidDataException("a page that is not packed has another size than it says"),
            CompressionCodec.SNAPPY => Snappy(at + page.Levels),
            CompressionCodec.ZSTD => Zstd(at + page.Levels, page.Packed - page.Levels),
            _ => page.Unpacked,
        };
        if (page.Unpacked is < 0 or > LongestPage || claimed is < 0 or > LongestPage)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"a page claims {Math.Max(page.Unpacked, claimed)} bytes unpacked, where at most {LongestPage} are read"));
        }

        if (page.Entries > Math.Max(page.Unpacked, claimed))
        {
            throw new InvalidDataException(FormattableString.Invariant($"a list of values claims {page.Entries} in fewer bytes"));
        }

        return at + page.Packed;
    }

    private Page Head(ref long at)
    {
        for (var look = FirstLook; ; look *= 8)
        {
            var window = new byte[Math.Max(0, Math.Min(look, _file.Body - at))];
            _file.Position = at;
            _file.ReadExactly(window);
            var reader = new ThriftReader(window);
            _numbers.Clear();
            _head.ResetWrittenCount();
            try
            {
                new ThriftCopy(_head, isStrict: true, (shape, number, value) => _numbers[(shape, number)] = value)
                    .Struct(ref reader, ParquetShapes.Page);
            }
            catch (EndOfStreamException) when (window.Length == look && look < LongestHead)
            {
                continue;   // it is longer than was looked at
            }

            at += reader.Position;
            return new Page(_numbers);
        }
    }

    // The first number of a packed block says how long it will be.
    private long Snappy(long at)
    {
        var block = new byte[(int)Math.Clamp(_file.Body - at, 0, 10)];
        _file.Position = at;
        _file.ReadExactly(block);
        return block.Length == 0 ? 0 : (long)Math.Min(new ThriftReader(block).Varint(), long.MaxValue);
    }

    private long Zstd(long at, long length)
    {
        var block = new byte[(int)length];
        _file.Position = at;
        _file.ReadExactly(block);
        try
        {
            return (long)Math.Min(Decompressor.GetDecompressedSize(block), long.MaxValue);
        }
        catch (ZstdException error)
        {
            throw new InvalidDataException(error.Message, error);
        }
    }

    /// <summary>What stands before a page.</summary>
    private readonly struct Page(Dictionary<(ThriftShape, int), long> numbers)
    {
        private const int Data = 0, Dictionary = 2, Data2 = 3;

        private readonly long _type = numbers.GetValueOrDefault((ParquetShapes.Page, 1), -1);

        public long Unpacked { get; } = numbers.GetValueOrDefault((ParquetShapes.Page, 2), -1);

        public long Packed { get; } = numbers.GetValueOrDefault((ParquetShapes.Page, 3), -1);

        /// <summary>How many values, nulls too; none in a dictionary.</summary>
        public long Values => Known(_type == Data ? numbers.GetValueOrDefault((ParquetShapes.DataPage, 1))
            : _type == Data2 ? numbers.GetValueOrDefault((ParquetShapes.DataPage2, 1)) : 0);

        /// <summary>How many values a dictionary has.</summary>
        public long Entries => Known(_type == Dictionary ? numbers.GetValueOrDefault((ParquetShapes.Dictionary, 1)) : 0);

        /// <summary>Bytes of levels that are never packed, in the second form of pages.</summary>
        public long Levels => _type != Data2 ? 0
            : numbers.GetValueOrDefault((ParquetShapes.DataPage2, 5)) + numbers.GetValueOrDefault((ParquetShapes.DataPage2, 6));

        /// <summary>False where the second form of pages says so, or has only levels.</summary>
        public bool IsPacked => _type != Data2 || (Packed > Levels && numbers.GetValueOrDefault((ParquetShapes.DataPage2, 7), 1) == 1);

        private static long Known(long count) =>
            count >= 0 ? count : throw new InvalidDataException("a page claims fewer values than none");
    }
}
