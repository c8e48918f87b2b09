using SEAS.Data.Datasets.Import.Sources;

namespace SEAS.Data.Datasets.Import.Records;

/// <summary>One text a line.</summary>
internal sealed class TextLines : IRecordSource
{
    /// <summary>The only column.</summary>
    public const string Column = "line";

    public string Name => "Plain text";

    public IEnumerable<FoundRecord> Read(CheckedText text)
    {
        for (var row = 1; text.ReadLine() is { } line; row++)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return new FoundRecord(new NamedTexts(row, (Column, line)), null);
            }
        }
    }
}
