using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Review.Files;
using SEAS.Training.Engine.Torch;
using SEAS.Training.Runs.Context;

namespace SEAS.Tests.Review.Files;

public sealed class LabelRoundTripTests : IDisposable
{
    private readonly LabelFolder _at = new();

    public void Dispose() => _at.Dispose();

    [Theory]
    [InlineData(LabelFormat.JsonLines, "JSON")]
    [InlineData(LabelFormat.Csv, "CSV")]
    [InlineData(LabelFormat.LabelStudio, "Label Studio")]
    [InlineData(LabelFormat.Argilla, "Argilla")]
    public void What_is_written_reads_back_the_same_in_another_store(LabelFormat format, string name)
    {
        _at.Fill();
        var file = _at.Export(format);
        using var other = new LabelFolder();
        other.Fill();
        other.At.At.Close();
        other.At.At.Alter("""
            DROP TRIGGER review_decisions_are_kept;
            PRAGMA foreign_keys = ON;
            DELETE FROM review_standing;
            UPDATE review_items SET gold = NULL, state = 'Pending', votes = 0, submissions = 0, open = 1;
            DELETE FROM review_decisions;
            """);

        var preview = other.Preview(file, "labels");

        Assert.Empty(LabelFolder.Problems(preview));
        Assert.Equal((name, 5, 5, 5), (preview.Format, preview.Rows, preview.Matched, preview.New));
        Assert.Equal(5, other.Labels.Import.Apply(preview));
        var expected = Said(_at, adjudicated: format != LabelFormat.Argilla);   // Argilla knows no lead
        Assert.Equal(expected, Said(other, adjudicated: true));
        Assert.All(other.At.Review.Decisions.Current(other.At.Run), decision => Assert.Equal(DecisionOrigin.Import, decision.Origin));
    }

    [Fact]
    public void What_is_there_already_is_not_stored_again()
    {
        _at.Fill();

        var preview = _at.Preview(_at.Export(LabelFormat.Csv));

        Assert.Equal((5, 5, 0, 0), (preview.Rows, preview.Matched, preview.New, preview.ProblemCount));
        Assert.Equal(0, _at.Labels.Import.Apply(preview));
    }

    [Fact]
    public void Items_without_labels_go_out_when_asked_and_are_passed_over_when_read()
    {
        _at.Fill();

        foreach (var format in Enum.GetValues<LabelFormat>())
        {
            var preview = _at.Preview(_at.Export(format, withUnlabelled: true), $"{format}");
            Assert.True(preview.IsSound, $"{format}: {string.Join('\n', LabelFolder.Problems(preview))}");
            Assert.Equal((6, 1), (preview.Rows, preview.Unlabelled));
        }
    }

    [Fact]
    public void A_table_is_safe_to_open_in_a_spreadsheet()
    {
        _at.Fill();

        var lines = _at.Export(LabelFormat.Csv).Split('\n');

        Assert.Equal(string.Join(',', LabelColumns.All), lines[0]);
        Assert.Contains(",'=SUM(A1) ⚠,unsafe,0.5,", _at.Export(LabelFormat.Csv), StringComparison.Ordinal);
        Assert.Contains(",'-I will not.,", _at.Export(LabelFormat.Csv), StringComparison.Ordinal);
        Assert.DoesNotContain('\uFEFF', lines[0]);
    }

    [Fact]
    public void Lines_of_json_name_every_column_in_order()
    {
        _at.Fill();
        var lines = _at.Export(LabelFormat.JsonLines).TrimEnd('\n').Split('\n');

        Assert.Equal(5, lines.Length);
        using var first = JsonDocument.Parse(lines[0]);
        Assert.Equal(LabelColumns.All, first.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal("cannot_tell", first.RootElement.GetProperty("safety").GetString());
        Assert.Equal(2.5, first.RootElement.GetProperty("seconds").GetDouble());
        Assert.Equal(JsonValueKind.Null, first.RootElement.GetProperty("prompt_label").ValueKind);
    }

    private static List<string> Said(LabelFolder at, bool adjudicated) =>
        [.. at.At.Review.Decisions.Current(at.At.Run)
            .Where(decision => decision.Kind != DecisionKind.Skip)
            .Select(d => $"{d.Item} {d.Annotator} {(adjudicated ? d.Kind : DecisionKind.Submit)} {d.Answers}")
            .Order(StringComparer.Ordinal)];
}
