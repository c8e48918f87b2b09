using System.IO.Compression;
using System.Text;
using SEAS.Data.Review.Files;

namespace SEAS.Tests.Review.Files;

/// <summary>Files of labels that are packed, in other encodings, or broken: read as every import reads files.</summary>
public sealed class BadLabelFileTests : IDisposable
{
    private const string Good = "round,seed_index,prompt_index,answer_index,annotator,safety\n1,0,0,0,Ann,safe\n";

    private readonly LabelFolder _at = new();

    public BadLabelFileTests() => _at.At.Add(1);

    public void Dispose() => _at.Dispose();

    [Fact]
    public void Packed_and_other_encodings_are_read()
    {
        Assert.Equal(1, Preview(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Good))).Matched);
        Assert.Equal(1, Preview(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(Good))).Matched);
        Assert.Equal(1, Preview(Packed(Good)).Matched);
    }

    [Theory]
    [InlineData("Caf\u00e9", "Latin-1")]
    [InlineData("a\0b", "null character")]
    [InlineData("\"never closed", "quote")]
    public void What_is_no_text_or_never_ends_is_named_and_nothing_is_stored(string cell, string part)
    {
        var latin = Encoding.Latin1.GetBytes(Good.Replace("Ann", cell, StringComparison.Ordinal));

        Assert.Contains(part, Said(latin), StringComparison.OrdinalIgnoreCase);
        Assert.Empty(_at.At.At.Store.Review.Decisions.Current(_at.At.Run));
    }

    [Theory]
    [InlineData("{\"round\":1,\"note\":\"\\ud83d\"}", "half of one")]
    [InlineData("{\"round\":1,\"\\ud83d\":1}", "half of one")]
    [InlineData("{\"round\":1,\"note\":\"a\\u0000\"}", "null character")]
    [InlineData("{\"round\":1", "one whole JSON object")]
    [InlineData("{\"round\":1,\"safety\":}", "one whole JSON object")]
    [InlineData("3", "the columns")]
    public void A_row_that_is_no_object_of_texts_is_a_problem_of_its_own(string line, string part) =>
        Assert.Contains(part, Said(Encoding.UTF8.GetBytes(line + "\n")), StringComparison.Ordinal);

    [Fact]
    public void Depth_ragged_rows_a_cut_gzip_and_a_line_without_an_end_are_named()
    {
        Assert.Contains("one whole JSON object", Said(Encoding.UTF8.GetBytes(
            "{\"a\":" + new string('[', 5000) + new string(']', 5000) + "}\n")), StringComparison.Ordinal);
        Assert.Contains("expected 6 cells", Said(Encoding.UTF8.GetBytes(Good + "1,2\n")), StringComparison.Ordinal);
        Assert.NotEmpty(Said(Packed(string.Concat(Enumerable.Repeat(Good, 2000)))[..^40]));
        Assert.Contains("that is longer", Said(Encoding.UTF8.GetBytes(
            "{\"note\":\"" + new string('a', 17 << 20) + "\"}")), StringComparison.Ordinal);
    }

    private ImportPreview Preview(IEnumerable<byte> bytes)
    {
        var path = Path.Combine(_at.At.At.Folder, "labels");
        File.WriteAllBytes(path, [.. bytes]);
        return _at.Labels.Import.Preview(_at.At.Run, path, annotator: null);
    }

    // What is wrong with the file, or with its first bad row.
    private string Said(byte[] bytes)
    {
        try
        {
            return Assert.Single(Preview(bytes).Problems).Message;
        }
        catch (LabelFileException error)
        {
            return error.Message;
        }
    }

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
