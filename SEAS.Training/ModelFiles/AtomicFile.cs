namespace SEAS.Training.ModelFiles;

/// <summary>Writes one file so that a reader sees all of it or nothing.</summary>
internal static class AtomicFile
{
    /// <param name="path">The file to make or replace.</param>
    /// <param name="write">Fills the stream that it is given.</param>
    /// <exception cref="CheckpointException">The place cannot be written; what was there before is still there.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var target = Path.GetFullPath(path);
        var partial = $"{target}.{Environment.ProcessId}.partial";
        try
        {
            using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 20))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(partial, target, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(
                $"The model file {target} could not be saved: {error.Message} Free some space or name a place that can be written.", error);
        }
        finally
        {
            File.Delete(partial);   // nothing to do once it was renamed
        }
    }
}
