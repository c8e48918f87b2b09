using System.Text.Json;
using SEAS.Training.Engine.Models;
using static TorchSharp.torch;

namespace SEAS.Training.ModelFiles;

/// <summary>A model folder's weights: one safetensors file, or several with an index.</summary>
internal sealed class WeightFiles : IDisposable
{
    public const string Single = "model.safetensors";

    public const string Index = "model.safetensors.index.json";

    private static readonly string[] s_pickled = ["pytorch_model.bin", "pytorch_model.bin.index.json", "consolidated.00.pth"];

    private readonly string _folder;
    private readonly List<SafetensorsReader> _readers = [];
    private readonly Dictionary<string, (SafetensorsReader Reader, TensorEntry Entry)> _tensors = new(StringComparer.Ordinal);

    /// <exception cref="CheckpointException">A file is missing or damaged.</exception>
    public WeightFiles(string folder)
    {
        _folder = folder;
        try
        {
            foreach (var path in Paths(folder))
            {
                var reader = SafetensorsReader.Open(path);
                _readers.Add(reader);
                foreach (var entry in reader.Entries)
                {
                    if (!_tensors.TryAdd(entry.Name, (reader, entry)))
                    {
                        throw new CheckpointException(
                            $"Tensor {entry.Name} stands in more than one weights file of {folder}. Copy the model again.");
                    }
                }
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Builds the model; first all names and shapes are compared, so that one message tells every mismatch.</summary>
    /// <exception cref="CheckpointException">Names or shapes are not those of this configuration.</exception>
    public LlamaModel Build(LlamaConfig config, Device device, ScalarType matrices = ScalarType.Float32)
    {
        var mismatches = Mismatches(config);
        if (mismatches.Count > 0)
        {
            throw new CheckpointException(
                $"The weights in {_folder} are not those that its config.json describes:\n  • " + string.Join("\n  • ", mismatches)
                + "\nUse the config.json and the weights of the same model.");
        }

        return LlamaModel.Build(config, device, (name, _) => Read(Find(config, name)!.Value), matrices);

        static Tensor Read((SafetensorsReader Reader, TensorEntry Entry) found) => found.Reader.Read(found.Entry);
    }

    /// <inheritdoc />
    public void Dispose() => _readers.ForEach(reader => reader.Dispose());

    /// <summary>How many files there are.</summary>
    public int Files => _readers.Count;

    /// <summary>All tensors of all files.</summary>
    public IEnumerable<TensorEntry> Entries => _readers.SelectMany(reader => reader.Entries);

    /// <summary>Names and shapes that are not those of a configuration, one sentence each.</summary>
    public List<string> Mismatches(LlamaConfig config)
    {
        List<string> mismatches = [];
        HashSet<string> known = new(StringComparer.Ordinal);
        foreach (var (name, shape) in LlamaParameters.Shapes(config))
        {
            known.Add(name);
            if (Find(config, name) is not { } found)
            {
                mismatches.Add($"{name} [{string.Join(", ", shape)}] is missing.");
            }
            else if (found.Entry.Bytes == 0)
            {
                mismatches.Add($"{name} holds no numbers (shape [{string.Join(", ", found.Entry.Shape)}]): it was saved under DeepSpeed ZeRO-3 "
                    + "without gathering the weights.");
            }
            else if (!shape.AsSpan().SequenceEqual(found.Entry.Shape))
            {
                mismatches.Add($"{name} should have shape [{string.Join(", ", shape)}] but has [{string.Join(", ", found.Entry.Shape)}].");
            }
        }

        mismatches.AddRange(_tensors.Keys.Where(name => !known.Contains(name) && !IsRedundant(name))
            .Select(name => $"{name} is not a part of it."));
        return mismatches;
    }

    /// <summary>A tensor by its name. Of two names of one matrix, a file may hold either.</summary>
    private (SafetensorsReader Reader, TensorEntry Entry)? Find(LlamaConfig config, string name) =>
        _tensors.TryGetValue(name, out var found) ? found
        : config.TiedEmbeddings && name == LlamaParameters.Embedding && _tensors.TryGetValue(LlamaParameters.Head, out var head) ? head
        : null;

    /// <summary>Whether a file has the head beside the embedding that it is tied to.</summary>
    public bool HasTiedHeadToo(LlamaConfig config) =>
        config.TiedEmbeddings && _tensors.ContainsKey(LlamaParameters.Head) && _tensors.ContainsKey(LlamaParameters.Embedding);

    /// <summary>Whether a folder holds a model's weights, in whatever kind of file.</summary>
    public static bool AreIn(string folder) => Array.Exists([Single, Index, .. s_pickled], name => File.Exists(Path.Combine(folder, name)));

    /// <summary>Old files store the rotary frequencies, which follow from the configuration, and some a copy of a tied head.</summary>
    private static bool IsRedundant(string name) =>
        name.EndsWith(".rotary_emb.inv_freq", StringComparison.Ordinal)
            || string.Equals(name, LlamaParameters.Head, StringComparison.Ordinal);

    /// <summary>The files that hold a folder's weights, whether they are there or not.</summary>
    public static IEnumerable<string> Paths(string folder)
    {
        var single = Path.Combine(folder, Single);
        var index = Path.Combine(folder, Index);
        if (!File.Exists(single) && !File.Exists(index)
            && Array.Find(s_pickled, name => File.Exists(Path.Combine(folder, name))) is { } pickled)
        {
            throw new CheckpointException(
                $"The weights in {folder} are in {pickled}, which can hold programs. Expected: {Single}, or several with {Index}. Save the model "
                + "again as safetensors.");
        }

        if (File.Exists(single) || !File.Exists(index))
        {
            return [single];
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(index));
            var names = json.RootElement.GetProperty("weight_map").EnumerateObject().Select(pair => pair.Value.GetString() ?? "");
            return [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => Beside(index, name))];
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or IOException)
        {
            throw new CheckpointException($"The index of weights {index} cannot be read: {error.Message} Copy the model again.", error);
        }
    }

    /// <summary>An index from elsewhere may not name files outside its own folder.</summary>
    private static string Beside(string index, string name) =>
        string.Equals(Path.GetFileName(name), name, StringComparison.Ordinal) && name.Length > 0
            && !name.Contains('\0', StringComparison.Ordinal)
        ? Path.Combine(Path.GetDirectoryName(index)!, name)
        : throw new CheckpointException($"The index of weights {index} names the file \"{name}\", which is not a plain file name.");
}
