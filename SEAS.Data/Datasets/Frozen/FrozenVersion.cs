using System.Security.Cryptography;
using System.Text.Json;
using SEAS.Data.Text;

namespace SEAS.Data.Datasets.Frozen;

/// <summary>A frozen version with its manifest, which is what was frozen.</summary>
internal sealed record FrozenVersion(DatasetVersion Version, string Folder, DatasetManifest Manifest)
{
    /// <exception cref="DatasetException">The manifest is gone, or not what was frozen.</exception>
    public static FrozenVersion Open(string dataFolder, DatasetVersion version)
    {
        var folder = Path.Combine(dataFolder, version.Folder);
        var path = Path.Combine(folder, FrozenFiles.Manifest);
        var name = $"Round {version.Round} v{version.Version} of run {version.Run}";
        try
        {
            var bytes = File.ReadAllBytes(path);
            if (Convert.ToHexStringLower(SHA256.HashData(bytes)) is var found && found != version.ManifestSha256)
            {
                throw new DatasetException(
                    $"{name} was changed after it was frozen: {path} should have the checksum {version.ManifestSha256} but has {found}. "
                    + "Restore it from a copy; an earlier export holds the files as they were.");
            }

            return new FrozenVersion(version, folder, ManifestJson.Read<DatasetManifest>(bytes));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new DatasetException(
                $"{name} cannot be read: {error.Message} Its files should lie in {folder}. Restore them from a copy.", error);
        }
    }

    /// <summary>Where one of its files lies.</summary>
    public string PathOf(string file) => Path.Combine(Folder, file);

    /// <summary>Where one of its files lies, if it is what was frozen.</summary>
    /// <exception cref="DatasetException">It is gone, or its bytes are others.</exception>
    public string Checked(string file)
    {
        var path = PathOf(file);
        try
        {
            return FileHash.Of(path) is var found && found == FileOf(file).Sha256 ? path : throw new DatasetException(
                $"{path} was changed after it was frozen: it should have the checksum {FileOf(file).Sha256} but has {found}. Restore it from a copy; "
                + "an earlier export holds it as it was.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"{path} cannot be read: {error.Message} Restore it from a copy.", error);
        }
    }

    /// <summary>Whether it has a file.</summary>
    public bool Holds(string file) => Manifest.Files.Any(known => known.Name == file);

    /// <summary>What the manifest says of a file.</summary>
    public ManifestFile FileOf(string file) => Manifest.Files.First(known => known.Name == file);
}
