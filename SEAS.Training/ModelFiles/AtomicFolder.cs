namespace SEAS.Training.ModelFiles;

/// <summary>Writes a folder so that a reader, or a process started after a crash, sees all of it or nothing.</summary>
/// <remarks>A rename within one file system is atomic. One process writes a given folder, so the names beside it may be fixed.</remarks>
internal static class AtomicFolder
{
    /// <param name="folder">The folder to make or replace.</param>
    /// <param name="write">Fills the empty folder that it is given.</param>
    /// <exception cref="CheckpointException">The place cannot be written; what was there before is still there.</exception>
    public static void Write(string folder, Action<string> write)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var partial = target + ".partial";
        var replaced = target + ".replaced";
        try
        {
            Remove(partial);
            Directory.CreateDirectory(partial);
            write(partial);
            Remove(replaced);
            if (Directory.Exists(target))
            {
                Directory.Move(target, replaced);
            }

            Directory.Move(partial, target);
            Remove(replaced);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            TryRemove(partial);
            throw new CheckpointException(
                $"The model folder {target} could not be saved: {error.Message} Free some space or choose a folder that can be written.",
                error);
        }
        catch
        {
            TryRemove(partial);
            throw;
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The first error is the one to report.</summary>
    private static void TryRemove(string folder)
    {
        try
        {
            Remove(folder);
        }
        catch (IOException)
        {
        }
        catch (UnauthorizedAccessException)
        {
        }
    }
}
