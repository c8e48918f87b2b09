using System.Diagnostics;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Staging;

namespace SEAS.Data.Datasets.Import.Fuzzing;

/// <summary>Takes changed files in, many of them, and looks whether the store says no as it should.</summary>
public sealed class ImportFuzz
{
    /// <summary>The largest input, in bytes.</summary>
    public const int Largest = 1 << 20;

    /// <summary>How long an input of that size may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly DatasetPurpose[] s_purposes = Enum.GetValues<DatasetPurpose>();

    private const int Repeats = 2;

    private readonly Store _store;
    private readonly IReadOnlyList<(string Name, byte[] Bytes)> _originals;
    private readonly ulong _seed;

    /// <param name="store">A store that holds nothing else.</param>
    /// <param name="originals">The files that are changed.</param>
    /// <param name="seed">Names the inputs: the same seed gives the same ones.</param>
    public ImportFuzz(Store store, IReadOnlyList<(string Name, byte[] Bytes)> originals, long seed)
    {
        _store = store;
        _originals = originals;
        _seed = (ulong)seed;
    }

    /// <summary>Makes input after input, and stops at the first that the store does not treat as it should.</summary>
    /// <param name="inputs">How many.</param>
    /// <param name="folder">A folder for the input; the last one stays in it.</param>
    /// <param name="progress">Told how many were tried.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ImportFuzzException">An input crashed, hung or left something behind.</exception>
    public FuzzResult Run(int inputs, string folder, IProgress<int>? progress, CancellationToken cancellation)
    {
        var (taken, refused, slowest) = (0, 0, TimeSpan.Zero);
        for (var input = 0; input < inputs; input++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (path, choice) = Make(input, folder);
            var (isTaken, time) = Try(input, path, choice);
            for (var again = 0; time > Patience && again < Repeats; again++)
            {
                (isTaken, time) = Try(input, path, choice);   // the machine may have been busy with something else
            }

            if (time > Patience)
            {
                throw new ImportFuzzException(
                    input, path, FormattableString.Invariant($"took {time.TotalSeconds:0.0} s, again and again"), null);
            }

            (taken, refused) = isTaken ? (taken + 1, refused) : (taken, refused + 1);
            slowest = time > slowest ? time : slowest;

            RequireNothingLeft(input, path);
            progress?.Report(input + 1);
        }

        return new FuzzResult(inputs, taken, refused, slowest);
    }

    private (bool IsTaken, TimeSpan Time) Try(int input, string path, int choice)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            return (TakeIn(path, choice), Stopwatch.GetElapsedTime(start));
        }
        catch (Exception error)
        {
            throw new ImportFuzzException(input, path, $"threw {error.GetType().Name}: {error.Message}", error);
        }
    }

    /// <summary>Writes an input.</summary>
    private (string Path, int Choice) Make(int input, string folder)
    {
        var change = new FuzzedFile(_seed ^ ((ulong)input * 0xD1342543DE82EF95));
        var (name, original) = _originals[change.Next(_originals.Count)];
        var path = Path.Combine(folder, $"input-{name}");
        File.WriteAllBytes(path, change.Of(original, Largest));
        return (path, change.Next(1000));
    }

    private bool TakeIn(string path, int choice)
    {
        try
        {
            var purpose = Purpose(path, choice);
            var outcome = _store.Sets.Import.Apply(new SetRequest(path, purpose)
            {
                Name = "fuzzed", TakeGoodRows = true, Split = new SplitShares(8, 1, 1),
            });
            var read = 0L;
            for (var page = Page(0); page.Count > 0; page = Page(page[^1].Number))
            {
                read += page.Count;
            }

            _store.Sets.Remove("fuzzed");
            return read == outcome.Set.Rows
                ? true
                : throw new InvalidDataException(FormattableString.Invariant($"{outcome.Set.Rows} rows were stored, and {read} are there"));
        }
        catch (PromptSetException)
        {
            return false;
        }

        IReadOnlyList<SetRow> Page(long after) => _store.Sets.Rows("fuzzed", after, 1000);
    }

    // Mostly something that the file can be used for, so that there is more to read than its beginning.
    private static DatasetPurpose Purpose(string path, int choice)
    {
        using var file = DatasetFile.Open(path);
        return choice % 10 == 0 ? s_purposes[choice % s_purposes.Length] : file.Purposes[choice % file.Purposes.Count];
    }

    private void RequireNothingLeft(int input, string path)
    {
        var files = Path.Combine(_store.Folder, SetFile.Folder);
        if (_store.Sets.List().Count > 0 || (Directory.Exists(files) && Directory.EnumerateFileSystemEntries(files).Any()))
        {
            throw new ImportFuzzException(input, path, "left something in the store", null);
        }
    }
}

/// <summary>What a run of inputs brought.</summary>
/// <param name="Inputs">How many.</param>
/// <param name="Taken">Those of which rows were taken in.</param>
/// <param name="Refused">Those that were refused with a reason.</param>
/// <param name="Slowest">The longest that one took.</param>
public sealed record FuzzResult(int Inputs, int Taken, int Refused, TimeSpan Slowest);

/// <summary>An input was not treated as it should be.</summary>
public sealed class ImportFuzzException : Exception
{
    internal ImportFuzzException(int input, string path, string what, Exception? cause)
        : base(FormattableString.Invariant(
            $"Input {input}, kept as {path}, should be taken in or refused with a reason but {what}. Mend the reader, and add a test."),
            cause)
    {
    }
}
