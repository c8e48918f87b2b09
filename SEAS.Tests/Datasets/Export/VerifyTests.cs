using System.IO.Compression;
using System.Text;
using SEAS.Data.Datasets.Export;
using SEAS.Data.Datasets.Frozen;
using SEAS.Data.Datasets.Verification;
using SEAS.Training.Engine.Torch;
using SEAS.Training.Runs.Context;

namespace SEAS.Tests.Datasets.Export;

public sealed class VerifyTests : IDisposable
{
    private readonly DatasetFolder _at = new(rounds: 2);
    private readonly string _work = Directory.CreateTempSubdirectory("seas-verify-").FullName;

    public VerifyTests()
    {
        _at.Say(seed: 0, prompt: 0, answer: 0, isUnsafe: true);
        _at.Freeze(1);
        _at.Freeze(2);
    }

    public static TheoryData<ExportFormat> Formats => new(ExportFormats.Offered);

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_format_is_sound_alone_and_against_the_store(ExportFormat format)
    {
        foreach (var filter in new[] { ExportFilter.None, new ExportFilter(OnlyConfirmed: true, []) })
        {
            foreach (var round in new int?[] { 1, null })
            {
                var zip = _at.Prepare(format, filter: filter, round: round).Path;

                Assert.Empty(Verify(zip).Findings);
                var against = DatasetVerifier.Verify(zip, _at.Store, CancellationToken.None);
                Assert.Empty(against.Findings);
                Assert.Equal(0, against.ParentsElsewhere);
            }
        }
    }

    [Fact]
    public void Rows_of_tables_are_counted_as_those_of_lines_are()
    {
        var lines = Verify(_at.Prepare(ExportFormat.JsonLines, filter: ExportFilter.None, round: 1).Path);
        var tables = Verify(_at.Prepare(ExportFormat.Csv, filter: ExportFilter.None, round: 1).Path);

        Assert.True(lines.Rows > 0);
        Assert.Equal(lines.Rows, tables.Rows);
    }

    [Theory]
    [InlineData(ExportFormat.Parquet)]
    [InlineData(ExportFormat.JsonLinesZstd)]
    public void Rows_and_parents_of_columns_and_of_packed_lines_are_those_of_lines(ExportFormat format)
    {
        var lines = Verify(_at.Prepare(ExportFormat.JsonLines).Path);

        var report = Verify(_at.Prepare(format).Path);

        Assert.True(report.IsSound, string.Join('\n', report.Findings));
        Assert.Equal((lines.Rows, lines.Parents, lines.ParentsElsewhere), (report.Rows, report.Parents, report.ParentsElsewhere));
        Assert.NotEqual(0, report.Parents);
    }

    [Theory]
    [InlineData(ExportFormat.Parquet, "data/attacks/train-00000-of-00001.parquet", "should be a whole Parquet file")]
    [InlineData(ExportFormat.JsonLinesZstd, "attacks.jsonl.zst", "cannot be read")]
    public void Columns_and_packed_lines_that_were_cut_short_are_named(ExportFormat format, string file, string expected)
    {
        var findings = Damaged(files => files[file] = files[file][..(files[file].Length / 2)], format).Findings;

        Assert.Contains(findings, finding => finding.File == file && finding.Problem.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void A_frozen_folder_is_sound_with_all_parents_in_it()
    {
        var report = Verify(_at.Store.Datasets.Folder(_at.Store.Datasets.Newest(_at.Run, 2)!));

        Assert.True(report.IsSound);
        Assert.Equal(("frozen round", 0L), (report.Kind, report.ParentsElsewhere));
        Assert.Equal(18 + 18 + 12, report.Parents);   // answers, verdicts, both texts of six pairs
    }

    [Theory]
    [InlineData("kto.jsonl", "unsafe", "u0safe", "should have the checksum")]
    [InlineData("dpo_target.jsonl", "\"chosen\"", "\"choosen\"", "exactly the keys prompt, chosen, rejected but has prompt, choosen")]
    [InlineData("verdicts.jsonl", "\"score\":0,", "\"score\":\"0\",", "score should be number but is text")]
    [InlineData("answers.jsonl", "/r1/s0/p0\"", "/r1/s9/p9\"", "comes from tiny-1/r1/s9/p9, which is not in attacks.jsonl")]
    [InlineData("attacks.jsonl", "tiny-1/r1/s0/p1", "tiny-1/r1/s0/p0", "its id tiny-1/r1/s0/p0 is another row's too")]
    [InlineData("attacks.jsonl", "tiny-1/r1/s0/p1", "wrong-1/r1/s0/p1", "its id should begin with the run tiny-1")]
    [InlineData("attacks.jsonl", "{\"id\"", "\"id\"", "should be one JSON object")]
    [InlineData("llamafactory/kto.json", "[", "", "should be one JSON array")]
    public void Damage_is_named_with_its_file(string file, string text, string damage, string expected)
    {
        var findings = Damaged(files => files[file] = Replace(files[file], text, damage)).Findings;

        Assert.Contains(findings, finding => finding.File == file && finding.Problem.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_an_added_and_a_renamed_file_are_told_apart()
    {
        var findings = Damaged(files =>
        {
            files.Remove("seeds.jsonl");
            files["extra.txt"] = [1, 2, 3];
            files.Remove("sft.jsonl", out var moved);
            files["sft-old.jsonl"] = moved!;
        }).Findings;

        Assert.Equal(4, findings.Count);
        Assert.Contains(findings, finding =>
            finding is { File: "seeds.jsonl" } && finding.Problem.EndsWith("is missing", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding is { File: "extra.txt", Problem: "is not in the manifest: somebody added it" });
        Assert.Contains(findings, finding =>
            finding is { File: "sft-old.jsonl", Problem: "is not in the manifest: it is sft.jsonl under another name" });
    }

    [Fact]
    public void A_row_that_was_taken_out_is_noticed_by_count_checksum_and_by_those_that_come_from_it()
    {
        var findings = Damaged(files =>
            files["answers.jsonl"] = files["answers.jsonl"][(Array.IndexOf(files["answers.jsonl"], (byte)'\n') + 1)..]).Findings;

        Assert.Contains(findings, finding => finding.Problem == "should have 18 rows but has 17");
        Assert.Contains(findings, finding => finding is { File: "verdicts.jsonl", Row: 1 }
            && finding.Problem.Contains("which is not in answers.jsonl", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("../../etc/evil")]
    [InlineData("/etc/evil")]
    [InlineData("a\\..\\evil")]
    [InlineData("C:/evil")]
    [InlineData("a/./b")]
    public void A_name_that_leads_out_of_the_zip_is_refused_and_not_read(string name)
    {
        var findings = Damaged(files => files[name] = "x"u8.ToArray()).Findings;

        Assert.Contains(findings, finding =>
            finding.File == name && finding.Problem.Contains("leads out of the zip", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_unpacks_to_more_than_the_manifest_says_is_read_no_further()
    {
        var findings = Damaged(files => files["seeds.jsonl"] = [.. files["seeds.jsonl"], .. new byte[50_000_000]]).Findings;

        Assert.Contains(findings, finding =>
            finding.File == "seeds.jsonl" && finding.Problem.EndsWith("but has more", StringComparison.Ordinal));
    }

    [Fact]
    public void A_zip_without_a_manifest_or_with_a_newer_one_is_not_guessed_at()
    {
        Only("is missing", files => files.Remove("manifest.json"));
        Only("use a newer one", files => files["manifest.json"] =
            Replace(files["manifest.json"], "\"schema_version\": 2", "\"schema_version\": 99"));
        Only("cannot be read", files => files["manifest.json"] = "{"u8.ToArray());

        void Only(string expected, Action<Dictionary<string, byte[]>> damage) =>
            Assert.Contains(expected, Assert.Single(Damaged(damage).Findings).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip_that_breaks_off_is_one_clear_error()
    {
        var whole = File.ReadAllBytes(_at.Prepare(ExportFormat.All).Path);
        var path = Path.Combine(_work, "half.zip");
        File.WriteAllBytes(path, whole[..(whole.Length / 2)]);

        var error = Assert.Throws<DatasetException>(() => Verify(path));

        Assert.Contains("cannot be read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_bytes_inside_a_zip_are_named()
    {
        var bytes = File.ReadAllBytes(_at.Prepare(ExportFormat.JsonLines).Path);
        var path = Path.Combine(_work, "flipped.zip");
        bytes[200] ^= 0xFF;
        File.WriteAllBytes(path, bytes);

        Assert.Contains(Verify(path).Findings, finding => finding.File == "attacks.jsonl");
    }

    [Fact]
    public void The_store_knows_when_a_manifest_was_made_up()
    {
        var zip = _at.Prepare(ExportFormat.Kto).Path;
        using var other = new DatasetFolder();

        var report = DatasetVerifier.Verify(zip, other.Store, CancellationToken.None);

        Assert.Contains(report.Findings, finding => finding.Problem == "round 1 v1 of run tiny-1 is not in the store");
    }

    public void Dispose()
    {
        _at.Dispose();
        Directory.Delete(_work, recursive: true);
    }

    private static VerifyReport Verify(string path) => DatasetVerifier.Verify(path, store: null, CancellationToken.None);

    private VerifyReport Damaged(Action<Dictionary<string, byte[]>> damage, ExportFormat format = ExportFormat.All)
    {
        var files = DatasetFolder.Unzip(_at.Prepare(format).Path);
        damage(files);
        var path = Path.Combine(_work, "damaged.zip");
        File.Delete(path);
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            foreach (var (name, bytes) in files)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(bytes);
            }
        }

        return Verify(path);
    }

    // The first place alone.
    private static byte[] Replace(byte[] file, string text, string damage)
    {
        var whole = Encoding.UTF8.GetString(file);
        var at = whole.IndexOf(text, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{text} is not in the file.");
        return Encoding.UTF8.GetBytes(whole[..at] + damage + whole[(at + text.Length)..]);
    }
}
