using System.Text.Json;

namespace SEAS.Data.Datasets.Frozen;

/// <summary>A file of JSON lines that is being frozen.</summary>
internal sealed class FrozenFile : IDisposable
{
    private readonly FileStream _file;
    private readonly EntryOutput _output;
    private readonly string _name;

    public FrozenFile(string folder, string name)
    {
        _name = name;
        _file = new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _output = new EntryOutput(_file);
    }

    /// <summary>Writes one row: the members that <paramref name="write"/> adds to an object.</summary>
    public void Row<T>(T row, Action<Utf8JsonWriter, T> write)
    {
        _output.Json((row, write), static (json, item) =>
        {
            json.WriteStartObject();
            item.write(json, item.row);
            json.WriteEndObject();
        });
        End();
    }

    /// <summary>Hands everything to the disk and says what was written.</summary>
    public ManifestFile Finish()
    {
        var written = _output.Finish(_name);
        _file.Flush(flushToDisk: true);
        return written;
    }

    public void Dispose()
    {
        _output.Dispose();
        _file.Dispose();
    }

    private void End()
    {
        _output.Write("\n"u8);
        _output.EndRow();
    }
}
