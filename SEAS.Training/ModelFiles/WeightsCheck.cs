using System.Runtime.ExceptionServices;

namespace SEAS.Training.ModelFiles;

/// <summary>Compares a weights file with the checksum that its manifest holds, on a thread of its own while the weights are read.</summary>
internal sealed class WeightsCheck
{
    private readonly string _path;
    private readonly string _expected;
    private readonly Thread _thread;
    private string? _found;
    private Exception? _error;

    /// <summary>Begins to read the file.</summary>
    public WeightsCheck(string path, string expected)
    {
        (_path, _expected) = (path, expected);
        _thread = new Thread(Sum) { IsBackground = true, Name = "weights checksum" };
        _thread.Start();
    }

    /// <summary>Waits for the end of the file.</summary>
    /// <exception cref="CheckpointException">The file is not the one that was saved.</exception>
    public void Finish()
    {
        _thread.Join();
        if (_error is not null)
        {
            ExceptionDispatchInfo.Throw(_error);
        }

        if (!string.Equals(_expected, _found, StringComparison.OrdinalIgnoreCase))
        {
            throw new CheckpointException(
                $"The weights file {_path} is damaged: its SHA-256 should be {_expected} (manifest.json) but is {_found}. "
                + "Restore it from a copy.");
        }
    }

    private void Sum()
    {
        try
        {
            _found = WeightsChecksum.OfFile(_path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _error = new CheckpointException($"The weights file {_path} cannot be read: {error.Message} Restore it from a copy.", error);
        }
    }
}
