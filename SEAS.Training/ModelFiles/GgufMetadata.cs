using System.Text;

namespace SEAS.Training.ModelFiles;

/// <summary>The keys and values at the head of a GGUF file, in the order in which they were added.</summary>
internal sealed class GgufMetadata
{
    private readonly MemoryStream _bytes = new();
    private readonly BinaryWriter _writer;

    public GgufMetadata() => _writer = new BinaryWriter(_bytes, Encoding.UTF8, leaveOpen: true);

    private enum ValueType
    {
        UInt32 = 4,
        Int32 = 5,
        Float32 = 6,
        Bool = 7,
        Text = 8,
        Array = 9,
    }

    /// <summary>How many there are.</summary>
    public ulong Count { get; private set; }

    public void Add(string key, uint value)
    {
        Begin(key, ValueType.UInt32);
        _writer.Write(value);
    }

    public void Add(string key, float value)
    {
        Begin(key, ValueType.Float32);
        _writer.Write(value);
    }

    public void Add(string key, bool value)
    {
        Begin(key, ValueType.Bool);
        _writer.Write(value);
    }

    public void Add(string key, string value)
    {
        Begin(key, ValueType.Text);
        WriteText(_writer, value);
    }

    public void Add(string key, IReadOnlyCollection<string> values) =>
        Add(key, ValueType.Text, values, value => WriteText(_writer, value));

    public void Add(string key, IReadOnlyCollection<int> values) => Add(key, ValueType.Int32, values, _writer.Write);

    public void Add(string key, IReadOnlyCollection<float> values) => Add(key, ValueType.Float32, values, _writer.Write);

    /// <summary>Writes all of them.</summary>
    public void CopyTo(Stream output)
    {
        _writer.Flush();
        _bytes.Position = 0;
        _bytes.CopyTo(output);
    }

    /// <summary>The format's texts: length in bytes, then UTF-8.</summary>
    public static void WriteText(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((ulong)bytes.Length);
        writer.Write(bytes);
    }

    private void Add<T>(string key, ValueType type, IReadOnlyCollection<T> values, Action<T> write)
    {
        Begin(key, ValueType.Array);
        _writer.Write((uint)type);
        _writer.Write((ulong)values.Count);
        foreach (var value in values)
        {
            write(value);
        }
    }

    private void Begin(string key, ValueType type)
    {
        WriteText(_writer, key);
        _writer.Write((uint)type);
        Count++;
    }
}
