using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import;
using SEAS.Data.Datasets.Import.Records;
using SEAS.Data.Datasets.Import.Sources;
using SEAS.Tests.Support;
using SEAS.Training.Engine.Torch;
using SEAS.Training.Runs.Context;

namespace SEAS.Tests.Datasets.Import.Formats;

/// <summary>Files of a test, read as datasets.</summary>
internal sealed class FormatFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Write(string name, string text) => _folder.Write(name, text);

    public string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder.Path, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Objects written over several lines, as JSON lines: a line that is indented goes on with the one before.</summary>
    public static string Lines(string objects) => objects.ReplaceLineEndings("\n").Replace("\n  ", " ", StringComparison.Ordinal);

    /// <summary>The format and the rows of a file that must have no problem.</summary>
    public (string Format, List<ImportedRow> Rows) Read(string name, string text, DatasetPurpose? purpose = null)
    {
        using var file = DatasetFile.Open(Write(name, text), purpose: purpose);
        var read = file.Rows().ToList();
        Assert.Empty(read.Select(row => row.Problem).OfType<RowError>());
        return (file.Format, read.ConvertAll(row => row.Row!));
    }

    /// <summary>What is wrong with the rows of a file.</summary>
    public List<(int Row, string Column, string Message)> Problems(string name, string text, DatasetPurpose? purpose = null)
    {
        using var file = DatasetFile.Open(Write(name, text), purpose: purpose);
        return [.. file.Rows().Select(row => row.Problem).OfType<RowError>().Select(error => (error.Row, error.Column, error.Message))];
    }

    /// <summary>What is said of a file that cannot be read as a whole.</summary>
    public static string Refusal(string path) => Assert.Throws<PromptSetException>(() =>
    {
        using var file = DatasetFile.Open(path);
        _ = file.Rows().Count();
    }).Message;

    public void Dispose() => _folder.Dispose();
}
