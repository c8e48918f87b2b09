using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import;
using SEAS.Training.Engine.Torch;
using SEAS.Training.Runs.Context;

namespace SEAS.Tests.Datasets.Import.Formats;

public sealed class GarakThresholdTests : IDisposable
{
    private readonly FormatFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(null, "safe")]
    [InlineData(0.6, "unsafe")]
    [InlineData(0.75, "safe")]
    public void A_threshold_that_a_person_names_wins_over_the_report_s_own_and_is_told(double? threshold, string label)
    {
        var path = _files.Write("r.report.jsonl", FormatFolder.Lines("""
            {"entry_type": "start_run setup", "run.eval_threshold": 0.8}
            {"entry_type": "attempt", "uuid": "a", "status": 2, "probe_classname": "doors.Paint",
              "prompt": "Paint a door", "outputs": ["Take a brush."], "detector_results": {"d": [0.7]}}
            """));

        using var file = DatasetFile.Open(path, purpose: DatasetPurpose.Labels, threshold: threshold);

        Assert.Equal(label, Assert.Single(file.Rows()).Row!.Label);
        Assert.Equal(threshold is not null, file.Reason.EndsWith("on, as asked", StringComparison.Ordinal));
    }

    [Fact]
    public void A_threshold_for_a_file_without_scores_is_refused()
    {
        var path = _files.Write("f.jsonl", "{\"prompt\": \"Paint a door\"}\n");

        var refused = Assert.Throws<PromptSetException>(() => DatasetFile.Open(path, threshold: 0.6));

        Assert.Contains("a garak report", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Leave the threshold out.", refused.Message, StringComparison.Ordinal);
    }
}
