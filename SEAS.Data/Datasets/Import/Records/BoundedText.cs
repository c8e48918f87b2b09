using SEAS.Data.Datasets.Import.Sources;

namespace SEAS.Data.Datasets.Import.Records;

/// <summary>A text of which no more than a whole value's length is read: for formats that are held in memory as one.</summary>
internal sealed class BoundedText(TextReader text) : TextReader
{
    private int _read;

    public override int Peek() => text.Peek();

    public override int Read()
    {
        Count(1);
        return text.Read();
    }

    public override int Read(char[] buffer, int index, int count)
    {
        var read = text.Read(buffer, index, count);
        Count(read);
        return read;
    }

    private void Count(int letters)
    {
        _read += letters;
        if (_read > CheckedText.LongestLine)
        {
            throw CheckedText.TooLong("file of this format");
        }
    }
}
