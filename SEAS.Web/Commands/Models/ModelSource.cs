using System.Globalization;
using SEAS.Data.Contracts;
using SEAS.Training.ModelFiles;
using SEAS.Web.Live;

namespace SEAS.Web.Commands;

/// <summary>A model that somebody named: a folder of its own, or a checkpoint of a run. The store is not opened for it, so this works
/// beside a running dashboard.</summary>
/// <param name="Folder">Where it lies.</param>
/// <param name="Name">What it is called.</param>
internal sealed record ModelSource(string Folder, string Name)
{
    /// <summary>What the folder says that it is; of one from elsewhere, a base.</summary>
    public CheckpointManifest Manifest => CheckpointManifest.Read(Folder) ?? new CheckpointManifest("base", 0, null, null, 0);

    /// <exception cref="UsageException">There is no such run, checkpoint or folder.</exception>
    public static ModelSource Find(string named, string? checkpoint, string data)
    {
        var checkpoints = Path.Combine(data, "runs", Path.GetFileName(named), "checkpoints");
        if (Path.GetFileName(named) == named && Directory.Exists(checkpoints))
        {
            var known = Directory.GetDirectories(checkpoints).Select(folder => Path.GetFileName(folder)).Where(name => Number(name) >= 0)
                .OrderBy(Number).ToList();
            var chosen = checkpoint ?? known.LastOrDefault(name => name.StartsWith("target-", StringComparison.Ordinal));
            return chosen is not null && known.Contains(chosen)
                ? new ModelSource(Path.Combine(checkpoints, chosen), $"{named}-{chosen}")
                : throw new UsageException(
                    $"The run {named} has no model {chosen ?? "target-N"}. "
                    + $"It has {(known.Count > 0 ? string.Join(", ", known) : "none yet")}.");
        }

        if (checkpoint is not null)
        {
            throw new UsageException($"--checkpoint names a model of a run, but there is no run {named} with models in {data}.");
        }

        return Directory.Exists(named)
            ? new ModelSource(Path.GetFullPath(named), new DirectoryInfo(named).Name)
            : throw new UsageException($"There is neither a run {named} in {data} nor a folder of that name.");
    }

    /// <summary>The iterate of a checkpoint's name; -1 for another name.</summary>
    private static int Number(string name) =>
        name.Split('-') is [var role, var number] && RoleNames.Find(role) is not null
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var iterate) ? iterate : -1;
}
