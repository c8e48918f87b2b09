using SEAS.Data.Datasets.Frozen;

namespace SEAS.Data.Datasets.Export;

/// <summary>The frozen files as they are, or those of their rows that a filter lets through.</summary>
internal static class FrozenLinesFormat
{
    public static IEnumerable<ExportEntry> Entries() => FrozenFiles.All.Select(file =>
        new ExportEntry(file, [file], (source, output) => Write(source, output, file)) { Frozen = file });

    private static void Write(ExportSource source, EntryOutput output, string file)
    {
        if (!source.IsWhole(file))
        {
            foreach (var row in source.Rows(file).TakeWhile(_ => !output.IsFull))
            {
                output.Json(row, static (json, element) => element.WriteTo(json));
                output.Write("\n"u8);
                output.EndRow();
            }

            return;
        }

        // As they are: the bytes are those that the manifest's checksum speaks of.
        foreach (var line in FrozenLines.Lines(source.Version.PathOf(file)).TakeWhile(_ => !output.IsFull))
        {
            source.Cancellation.ThrowIfCancellationRequested();
            output.Write(line.Span);
            output.Write("\n"u8);
            output.EndRow();
        }
    }
}
