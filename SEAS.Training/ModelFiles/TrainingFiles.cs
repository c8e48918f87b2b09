using System.Globalization;
using System.Text;
using System.Text.Json;
using static TorchSharp.torch;

namespace SEAS.Training.ModelFiles;

/// <summary>A training between two of its steps, kept in a folder while it runs: a safetensors file with every tensor in its own type, and a
/// page beside it that says where the training stood and what the file's checksum is, and its own.</summary>
/// <remarks>
/// Both come to their names by a rename, the page last: a page without its file, or with one that was cut short, is noticed and the one before
/// it taken. Two are kept.
/// </remarks>
/// <param name="folder">The folder; made when something is kept.</param>
internal sealed class TrainingFiles(string folder)
{
    private const string Pages = "step-*.json";
    private const int Kept = 2;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>Keeps a training; only then is the oldest one given up.</summary>
    /// <param name="page">Where it stands; the checksum is filled in.</param>
    /// <param name="state">Its tensors.</param>
    /// <exception cref="CheckpointException">The disk is full or the place cannot be written; what was kept before still is.</exception>
    public void Save(TrainingPage page, IReadOnlyList<(string Name, Tensor Value)> state)
    {
        var weights = Path.Combine(folder, Name(page.Step) + ".safetensors");
        var partial = weights + ".partial";
        try
        {
            Directory.CreateDirectory(folder);
            Keep(Kept - 1);   // room for the new one: never more than two on the disk
            File.Delete(partial);
            SafetensorsWriter.WriteAsTheyAre(partial, state);
            var sum = WeightsChecksum.OfFile(partial);
            File.Move(partial, weights, overwrite: true);
            var text = OwnSum.Seal(JsonSerializer.Serialize(page with { Sha256 = sum, PageSha256 = OwnSum.Blank }, s_json) + "\n");
            AtomicFile.Write(Path.ChangeExtension(weights, ".json"), file => file.Write(Encoding.UTF8.GetBytes(text)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(
                $"The training could not be kept in {folder}: {error.Message} Free some space, or turn this off with Optimize.SaveEverySteps=0 "
                + "and Optimize.SaveEveryMinutes=0.", error);
        }
    }

    /// <summary>Puts the newest sound training of this name back.</summary>
    /// <param name="training">Its name: see <see cref="TrainingPage.Training"/>.</param>
    /// <param name="state">Where each part belongs; filled in place.</param>
    /// <param name="refuse">Told why one that is kept cannot be used, as a sentence that names it.</param>
    /// <returns>Where it stood; null if none can be used: then nothing was filled.</returns>
    public TrainingPage? Restore(string training, IReadOnlyList<(string Name, Tensor Value)> state, Action<string> refuse)
    {
        foreach (var path in Newest())
        {
            try
            {
                return Restore(path, training, state);
            }
            catch (Exception error) when (error is CheckpointException or IOException or UnauthorizedAccessException or JsonException)
            {
                refuse(
                    $"What was kept of the training in {path} cannot be used: {error.Message} What was kept before it is taken, or the training "
                    + "begins again.");
            }
        }

        return null;
    }

    /// <summary>Removes everything: the training is over.</summary>
    public void Remove()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static TrainingPage Restore(string path, string training, IReadOnlyList<(string Name, Tensor Value)> state)
    {
        var bytes = File.ReadAllBytes(path);
        var page = JsonSerializer.Deserialize<TrainingPage>(bytes, s_json) ?? throw new JsonException("it holds nothing.");
        OwnSum.Require(path, bytes, page.PageSha256);
        if (page.Training != training)
        {
            throw new CheckpointException("it is of another training: rows, their order, settings or the weights it began from differ.");
        }

        var weights = Path.ChangeExtension(path, ".safetensors");
        var found = WeightsChecksum.OfFile(weights);
        if (found != page.Sha256)
        {
            throw new CheckpointException($"the SHA-256 of {weights} should be {page.Sha256} but is {found}.");
        }

        using var file = SafetensorsReader.Open(weights);
        var entries = file.Entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        var missing = state.Where(part => !entries.ContainsKey(part.Name)).Select(part => part.Name).ToList();
        if (missing.Count > 0 || entries.Count != state.Count)
        {
            throw new CheckpointException(
                $"{weights} should hold {state.Count} tensors but holds {entries.Count}; missing: {string.Join(", ", missing.Take(5))}.");
        }

        foreach (var (name, value) in state)
        {
            file.Fill(entries[name], value);
        }

        return page;
    }

    private List<string> Newest() => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, Pages).OrderDescending(StringComparer.Ordinal)]
        : [];

    private void Keep(int most)
    {
        foreach (var path in Newest().Skip(most))
        {
            File.Delete(path);
            File.Delete(Path.ChangeExtension(path, ".safetensors"));
        }

        var pages = Newest();
        foreach (var weights in Directory.EnumerateFiles(folder, "*.safetensors*")
            .Where(weights => !pages.Contains(Path.ChangeExtension(weights, ".json"), StringComparer.Ordinal)))
        {
            File.Delete(weights);   // of a save that was cut off
        }
    }

    private static string Name(int step) => string.Create(CultureInfo.InvariantCulture, $"step-{step:D9}");
}

/// <summary>Where a training stood when it was kept.</summary>
/// <param name="Training">Names the training by everything that decides its steps.</param>
/// <param name="Step">Optimizer steps taken.</param>
/// <param name="Tokens">Tokens trained on.</param>
/// <param name="Sha256">Checksum of the file of tensors, in hexadecimal.</param>
/// <param name="PageSha256">Checksum of the page itself; see <see cref="OwnSum"/>.</param>
internal sealed record TrainingPage(string Training, int Step, long Tokens, string Sha256, string? PageSha256 = null);
