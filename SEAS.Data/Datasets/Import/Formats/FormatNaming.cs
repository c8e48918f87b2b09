using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Records;
using SEAS.Data.Datasets.Import.Sources;
using SEAS.Data.Text;

namespace SEAS.Data.Datasets.Import.Formats;

/// <summary>Names the format of a file whose first records are known.</summary>
internal static class FormatNaming
{
    // How many of the records that say something decide.
    private const int Deciding = 5;

    /// <summary>A known set's format, or one of any file with a column of prompts.</summary>
    public static DetectedFormat Of(
        IRecordSource records, IReadOnlyList<SourceRecord> first, string how, bool isTable, IReadOnlyDictionary<string, string> columns)
    {
        first = [.. first.Where(CanBeRead)];
        var names = first.SelectMany(record => record.Columns).Distinct(StringComparer.Ordinal).ToList();
        var telling = first.Where(record => record.Columns.Any(record.IsFilled)).Take(Deciding).ToList();
        first = telling.Count > 0 ? telling : [.. first.Take(Deciding)];
        if (!columns.ContainsKey(RowFields.Prompt) && FormatCatalog.Of(first) is { } known)
        {
            var told = isTable ? $"the first row names the columns {string.Join(", ", known.Signature)}"
                : $"{how}; it has the fields {string.Join(", ", known.Signature)}";
            return new DetectedFormat(
                records,
                known,
                $"{known.Name} {records.Name}",
                $"{told}{(known.Sign is null ? "" : $", and {known.Sign}")}; {Told(known, columns)}",
                names);
        }

        var format = (first.Count == 0 ? null : PlainFormats.Of(first, isTable, columns)) ?? Unknown(columns);
        return new DetectedFormat(
            records,
            format,
            isTable ? records.Name : records.Name == "JSON lines" ? "SEAS JSON lines" : records.Name,
            $"{(isTable ? $"the first row names the columns {string.Join(", ", format.Signature)}" : how)}; {Told(format, columns)}",
            names);
    }

    /// <summary>Refuses a mapping of columns that the file does not have: a person who names one means another.</summary>
    /// <exception cref="SourceFault">It names one.</exception>
    public static void RequireColumns(DetectedFormat found, IReadOnlyDictionary<string, string> columns)
    {
        var missing = columns.Values.Where(column => !found.Columns.Contains(column, StringComparer.OrdinalIgnoreCase)).ToList();
        if (missing.Count > 0 && found.Columns.Count > 0)
        {
            throw new SourceFault(
                $"the column{(missing.Count == 1 ? "" : "s")} {Quoted(missing)} that the mapping names",
                $"the columns {Quoted(found.Columns.Take(40))}",
                "Name one of these.");
        }

        static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(column => $"'{Shown.Shortly(column)}'"));
    }

    // The names of a record's fields may be no text; what is wrong with them is said when the row is read.
    private static bool CanBeRead(SourceRecord record)
    {
        try
        {
            foreach (var name in record.Columns)
            {
                _ = record.Text(name);
            }

            return true;
        }
        catch (RowFault)
        {
            return false;
        }
    }

    /// <summary>What is taken from where.</summary>
    public static string Told(DatasetFormat format, IReadOnlyDictionary<string, string> columns)
    {
        var prompt = columns.GetValueOrDefault(RowFields.Prompt) ?? format.Mapping.GetValueOrDefault(RowFields.Prompt)
            ?? format.Consumed.FirstOrDefault();
        var category = columns.GetValueOrDefault(RowFields.Category) ?? format.Mapping.GetValueOrDefault(RowFields.Category);
        return $"prompts from '{prompt}', {(category is null ? "no categories" : $"categories from '{category}'")}";
    }

    // Nothing in it is known to hold prompts: every row will say what it has instead.
    private static DatasetFormat Unknown(IReadOnlyDictionary<string, string> columns) => new(
        "", "SEAS", [DatasetPurpose.Seeds], [])
    {
        Mapping = DatasetFormat.Map((RowFields.Prompt, columns.GetValueOrDefault(RowFields.Prompt) ?? "prompt")),
    };
}
