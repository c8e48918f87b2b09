using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;
using SEAS.Data.Datasets.Export;
using SEAS.Data.Datasets.Frozen;
using SEAS.Training.ModelFiles;
using SEAS.Training.Runs.Context;
using SEAS.Web.Live;

namespace SEAS.Web.Api;

/// <summary>Makes files of a run's checkpoints for those who ask over HTTP. One model is in memory for it at a time.</summary>
internal sealed class ModelDownloads(Store store, DatasetDownloads places) : IDisposable
{
    // Part of the name of what is kept: raised when the same weights would be written differently.
    private const int WritersVersion = 1;

    private static readonly DateTimeOffset s_earliest = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);   // in a zip

    private readonly SemaphoreSlim _memory = new(1);

    /// <summary>The file; a folder is a zip of it.</summary>
    /// <exception cref="DatasetNotFoundException">The run has no such model.</exception>
    /// <exception cref="CheckpointException">The model cannot be read, or not be written as this.</exception>
    public async Task<PreparedExport> PrepareAsync(CheckpointId id, ModelForm form, CancellationToken cancellation)
    {
        var checkpoint = Find(id);
        await _memory.WaitAsync(cancellation);
        try
        {
            return await places.InPlaceAsync(() => Prepare(id, checkpoint, form), cancellation);
        }
        finally
        {
            _memory.Release();
        }
    }

    public void Dispose() => _memory.Dispose();

    /// <summary>A run's models in the order in which they are offered: T's newest first.</summary>
    public static IReadOnlyList<Checkpoint> Offered(Store store, RunId run) =>
        [.. store.Checkpoints.List(run).OrderByDescending(checkpoint => checkpoint.Role == ModelRole.Target)
            .ThenByDescending(checkpoint => checkpoint.Iteration)];

    /// <summary>Whether adapters were tuned to make it, so that they can be exported without the base.</summary>
    public static bool HasAdapter(Store store, Checkpoint checkpoint) => PeftExport.IsBeside(Folder(store, checkpoint));

    private static string Folder(Store store, Checkpoint checkpoint) => Path.Combine(store.Folder, checkpoint.Folder);

    private Checkpoint Find(CheckpointId id)
    {
        var run = store.Runs.Get(id.Run);
        var known = Offered(store, run.Id).Select(one => Place(one.Role, one.Iteration)).DefaultIfEmpty("none yet");
        return store.Checkpoints.Find(run.Id, id.Role, id.Iteration) ?? throw new DatasetNotFoundException(
            $"Run {run.Id} has no model {Place(id.Role, id.Iteration)}; it has {string.Join(", ", known)}.");
    }

    private PreparedExport Prepare(CheckpointId id, Checkpoint checkpoint, ModelForm form)
    {
        var folder = Folder(store, checkpoint);
        var called = $"seas-run-{id.Run}-{Place(id.Role, id.Iteration)}";
        var content = string.Join('\n', $"model {WritersVersion}", id, checkpoint.Sha256, form.Name);
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..32];
        return form.Format == ModelForm.Gguf
            ? store.Datasets.Prepare(name, $"{called}-{form.PrecisionName}.gguf", "application/octet-stream", (target, _) =>
            {
                using var model = ModelFolder.Load(folder, ComputeDevice.Choose("cpu"));
                ModelExport.ToGguf(model, target, form.Precision, called);
            })
            : store.Datasets.Prepare(name, $"{called}-{form.Name}.zip", "application/zip", (target, beside) =>
            {
                var made = Path.Combine(beside, called);
                Make(folder, made, form);
                Zip(made, target);
                Directory.Delete(made, recursive: true);
            });
    }

    private static void Make(string folder, string made, ModelForm form)
    {
        if (form.Format == ModelForm.Peft)
        {
            PeftExport.ToFolder(folder, made);
            return;
        }

        using var model = ModelFolder.Load(folder, ComputeDevice.Choose("cpu"));
        var manifest = CheckpointManifest.Read(folder) ?? new CheckpointManifest("base", 0, null, null, 0);
        ModelExport.ToFolder(model, made, form.Precision, manifest);
    }

    // Weights do not get smaller by packing, so they are only put one after the other. One instant for all: the same model, the same zip.
    private static void Zip(string folder, Stream target)
    {
        using var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var path in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
        {
            var entry = zip.CreateEntry($"{Path.GetFileName(folder)}/{Path.GetFileName(path)}", CompressionLevel.NoCompression);
            entry.LastWriteTime = s_earliest;
            using var from = File.OpenRead(path);
            using var into = entry.Open();
            from.CopyTo(into, 1 << 18);
        }
    }

    /// <summary>A model's name within its run, for example <c>target-2</c>.</summary>
    public static string Place(ModelRole role, int iteration) =>
        FormattableString.Invariant($"{role.ToString().ToLowerInvariant()}-{iteration}");
}
