using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Training.ModelFiles;

namespace SEAS.Training.Runs.Context;

/// <summary>Holds a run to the files that it was given: whatever decides what its models do, and its prompts where they lie in a file, is the same
/// whenever the run opens it.</summary>
/// <remarks>A run opens its guard in every round. Were its tokenizer another one in the third, the rounds could not be compared.</remarks>
/// <param name="store">The store.</param>
/// <param name="run">The run.</param>
internal sealed class GivenFiles(Store store, RunId run)
{
    private readonly Dictionary<string, (long Length, DateTime Written, string Sum)> _known = new(StringComparer.Ordinal);

    /// <summary>Opens a model, and records its files where the run opens it for the first time.</summary>
    /// <param name="model"><c>red</c>, <c>target</c> or <c>guard</c>.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="open">Opens it.</param>
    /// <exception cref="CheckpointException">Files are not those of then; all of them in one message.</exception>
    public T Open<T>(string model, string folder, Func<T> open)
    {
        if (!Directory.Exists(folder))
        {
            return open();   // which says what was expected there
        }

        var found = FileSums.Read(folder, Sum);
        var expected = store.GivenFiles.Of(run, model);
        if (expected.Count > 0)
        {
            Require($"The model folder {folder} (the run's {model} model)", expected, found);
            return open();
        }

        var opened = open();
        store.GivenFiles.Record(run, model, found);   // not before: what cannot be opened may be mended
        return opened;
    }

    /// <summary>Holds a run to a single file, and records it where the run opens it for the first time.</summary>
    /// <param name="part"><c>seeds</c>.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">It is not what it was then.</exception>
    public void Require(string part, string path)
    {
        if (!File.Exists(path))
        {
            return;   // whoever reads it says what was expected there
        }

        var found = new Dictionary<string, string>(StringComparer.Ordinal) { [Path.GetFileName(path)] = Sum(path) };
        var expected = store.GivenFiles.Of(run, part);
        if (expected.Count == 0)
        {
            store.GivenFiles.Record(run, part, found);
            return;
        }

        Require($"The file {path} (the run's {part})", expected, found);
    }

    private static void Require(
        string what, IReadOnlyDictionary<string, string> expected, Dictionary<string, string> found)
    {
        var problems = expected.Keys.Union(found.Keys).Order(StringComparer.Ordinal)
            .Where(name => expected.GetValueOrDefault(name) != found.GetValueOrDefault(name))
            .Select(name => $"the SHA-256 of {name} should be {expected.GetValueOrDefault(name, "none")} but is {found.GetValueOrDefault(name, "none")}")
            .ToList();
        if (problems.Count > 0)
        {
            throw new CheckpointException(
                $"{what} is not what it was when the run first opened it: {string.Join("; ", problems)}. "
                + "Put the files of then back; with other files, begin a run of its own.");
        }
    }

    private string Sum(string path)
    {
        var file = new FileInfo(path);
        if (file.Exists && _known.TryGetValue(path, out var known) && (known.Length, known.Written) == (file.Length, file.LastWriteTimeUtc))
        {
            return known.Sum;
        }

        var sum = WeightsChecksum.OfFile(path);
        _known[path] = (file.Length, file.LastWriteTimeUtc, sum);
        return sum;
    }
}
