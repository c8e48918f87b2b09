using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SEAS.Data.Datasets.Export;
using SEAS.Data.Datasets.Frozen;
using SEAS.Data.Datasets.Import.Columnar;
using SEAS.Data.Datasets.Import.Records;
using SEAS.Data.Datasets.Import.Sources;

namespace SEAS.Data.Datasets.Verification;

/// <summary>Checks an export, or a frozen round's folder: checksums, counts, columns, ids, and that each row's parent is there.</summary>
public sealed class DatasetVerifier
{
    private const long LongestManifest = 64L << 20;

    private readonly Store? _store;
    private readonly CancellationToken _cancellation;
    private readonly Findings _findings = new();
    private readonly Dictionary<string, IdSet> _ids = new(StringComparer.Ordinal);
    private PackageManifest _manifest = null!;
    private long _rows;
    private long _parents;
    private long _elsewhere;

    private DatasetVerifier(Store? store, CancellationToken cancellation) => (_store, _cancellation) = (store, cancellation);

    /// <summary>Checks it.</summary>
    /// <param name="path">A zip that an export wrote, or a folder with a manifest.</param>
    /// <param name="store">The store to ask for rows that are not in it; null checks it alone.</param>
    /// <param name="cancellation">Ends the check.</param>
    /// <exception cref="DatasetException">The path cannot be read at all.</exception>
    public static VerifyReport Verify(string path, Store? store, CancellationToken cancellation) =>
        new DatasetVerifier(store, cancellation).Check(path);

    private VerifyReport Check(string path)
    {
        using var package = new Package(path, _findings);
        if (Manifest(package) is not { } manifest)
        {
            return new VerifyReport("unknown", null, 0, 0, 0, 0, _findings.First, _findings.Count);
        }

        _manifest = manifest;
        var present = manifest.Files.Where(file => package.Has(file.Name)).ToList();
        // Where rows come from is read before what comes from it, as the manifest has it.
        present.ForEach(file => Check(package, file));

        Present(package);
        manifest.CompareRounds(_findings);
        if (_store is not null)
        {
            manifest.CompareStore(_store, _findings);
        }

        return new VerifyReport(
            manifest.Kind, manifest.Run, present.Count, _rows, _parents, _elsewhere, _findings.First, _findings.Count);
    }

    private PackageManifest? Manifest(Package package)
    {
        if (!package.Has(FrozenFiles.Manifest))
        {
            _findings.Add(FrozenFiles.Manifest, null, "is missing: nothing says what should be here");
            return null;
        }

        try
        {
            using var stream = new MeasuredStream(package.Open(FrozenFiles.Manifest), LongestManifest);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return PackageManifest.Read(bytes.ToArray(), _findings);
        }
        catch (Exception error) when (error is JsonException or InvalidDataException)
        {
            _findings.Add(FrozenFiles.Manifest, null, $"cannot be read: {error.Message}");
            return null;
        }
    }

    // Missing, added, renamed.
    private void Present(Package package)
    {
        var missing = _manifest.Files.Where(file => !package.Has(file.Name)).ToList();
        var known = _manifest.Files.Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var name in package.Names.Where(name => name != FrozenFiles.Manifest && !known.Contains(name)))
        {
            var most = missing.Count == 0 ? 0 : missing.Max(file => file.Bytes);
            var renamed = missing.Find(file => file.Bytes > 0 && file.Sha256 == Sum(package, name, most));
            _findings.Add(name, null, renamed is null
                ? "is not in the manifest: somebody added it"
                : $"is not in the manifest: it is {renamed.Name} under another name");
        }

        foreach (var file in missing)
        {
            _findings.Add(file.Name, null, $"is in the manifest, with {file.Bytes} bytes, but is missing");
        }
    }

    private string? Sum(Package package, string name, long most)
    {
        using var stream = new MeasuredStream(package.Open(name), most);
        try
        {
            stream.CopyTo(Stream.Null);
            return stream.IsTooLong ? null : stream.Sha256();
        }
        catch (InvalidDataException)
        {
            return null;   // it is no file of ours in any case, and is named as such
        }
    }

    private void Check(Package package, ManifestFile file)
    {
        using var stream = new MeasuredStream(package.Open(file.Name), file.Bytes);
        try
        {
            var rows = Rows(file, stream);
            stream.CopyTo(Stream.Null);
            if (stream.IsTooLong)
            {
                _findings.Add(file.Name, null, $"should have {file.Bytes} bytes but has more");
            }
            else if (stream.Position != file.Bytes)
            {
                _findings.Add(file.Name, null, $"should have {file.Bytes} bytes but has {stream.Position}");
            }

            if (stream.Sha256() is var sum && sum != file.Sha256)
            {
                _findings.Add(file.Name, null, $"should have the checksum {file.Sha256} but has {sum}: it was changed");
            }

            if (rows != file.Rows)
            {
                _findings.Add(file.Name, null, $"should have {file.Rows} rows but has {rows}");
            }
        }
        catch (InvalidDataException error)
        {
            _findings.Add(file.Name, null, $"cannot be read: {error.Message}");
        }
    }

    private long Rows(ManifestFile file, Stream stream) => Path.GetExtension(file.Name) switch
    {
        ".jsonl" => Lines(TableFile.Of(file.Name), stream),
        PackedLinesFormat.Ending => Packed(TableFile.Of(file.Name), stream),
        ParquetFormat.Ending => Columns(TableFile.Of(file.Name), stream),
        ".json" when file.Rows > 0 => Elements(TableFile.Of(file.Name), stream),
        ".csv" => Records(stream),
        _ => 0,
    };

    private long Lines(TableFile table, Stream stream)
    {
        var row = 0L;
        foreach (var line in FrozenLines.Lines(stream))
        {
            Look(table, ++row, line);
        }

        return row;
    }

    private long Packed(TableFile table, Stream stream)
    {
        using var lines = Zstandard.Unpack(stream);
        return Lines(table, lines);
    }

    // A Parquet file is read from its end, which a zip's entry cannot be.
    private long Columns(TableFile table, Stream stream)
    {
        using var file = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16,
            FileOptions.DeleteOnClose);
        stream.CopyTo(file);
        try
        {
            var row = 0L;
            foreach (var element in new ParquetRows([new ParquetShard(table.Name, () => file)]).Objects())
            {
                _cancellation.ThrowIfCancellationRequested();
                Look(table, ++row, element);
            }

            return row;
        }
        catch (SourceFault fault)
        {
            _findings.Add(table.Name, null, $"should be {fault.Expected} but is {fault.Found}");
            return -1;
        }
    }

    private void Look(TableFile table, long row, ReadOnlyMemory<byte> line)
    {
        _cancellation.ThrowIfCancellationRequested();
        try
        {
            using var document = JsonDocument.Parse(line);
            Look(table, row, document.RootElement);
        }
        catch (JsonException error)
        {
            _findings.Add(table.Name, row, $"should be one JSON object: {error.Message}");
        }
    }

    private void Look(TableFile table, long row, JsonElement element)
    {
        _rows++;
        var (name, file) = (table.Name, table.Table);
        if (RowRules.Columns(file, element, table.IsParquet) is { } wrong)
        {
            _findings.Add(name, row, wrong);
            return;
        }

        if (RowRules.HasIds(file))
        {
            var id = element.GetProperty("id").GetString();
            if (RowRules.Id(id, _manifest.Run) is { } badId)
            {
                _findings.Add(name, row, badId);
            }
            else if (!Ids(name).Add(id!))
            {
                _findings.Add(name, row, $"its id {id} is another row's too");
            }
        }

        foreach (var (parent, files) in RowRules.Parents(file, element))
        {
            Parent(name, row, parent, [.. files.Select(table.Beside)]);
        }
    }

    private void Parent(string name, long row, string parent, string[] files)
    {
        if (files.Any(file => _ids.TryGetValue(file, out var ids) && ids.Contains(parent)))
        {
            _parents++;
        }
        else if (_manifest.IsComplete && files.Any(file => _manifest.Holds(file)) && _manifest.IsOfRound(parent, name))
        {
            _findings.Add(name, row, $"comes from {parent}, which is not in {string.Join(" or ", files)}");
        }
        else if (_store is null)
        {
            _elsewhere++;
        }
        else if (StoredRows.Has(_store, parent))
        {
            _parents++;
        }
        else
        {
            _findings.Add(name, row, $"comes from {parent}, which neither the files nor the store hold");
        }
    }

    private IdSet Ids(string name) => _ids.TryGetValue(name, out var ids) ? ids : _ids[name] = new IdSet();

    private long Elements(TableFile table, Stream stream)
    {
        try
        {
            var row = 0L;
            foreach (var element in JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(stream).ToBlockingEnumerable(_cancellation))
            {
                Look(table, ++row, element);
            }

            return row;
        }
        catch (JsonException error)
        {
            _findings.Add(table.Name, null, $"should be one JSON array: {error.Message}");
            return -1;
        }
    }

    private long Records(Stream stream)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        var records = new CsvReader(reader, ',').Records().LongCount() - 1;   // without the header
        _rows += records;
        return records;
    }
}

/// <summary>The ids of a file's rows, sixteen bytes each: a million of them fit into little memory.</summary>
internal sealed class IdSet
{
    private readonly HashSet<UInt128> _ids = [];

    public int Count => _ids.Count;

    /// <summary>False if it is there already.</summary>
    public bool Add(string id) => _ids.Add(Of(id));

    public bool Contains(string id) => _ids.Contains(Of(id));

    private static UInt128 Of(string id)
    {
        Span<byte> sum = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(id), sum);
        return new UInt128(BitConverter.ToUInt64(sum), BitConverter.ToUInt64(sum[8..]));
    }
}
