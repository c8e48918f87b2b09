using System.Text.Json;
using SEAS.Tests.Support;
using SEAS.Training.ModelFiles;
using SEAS.Web.Commands;

namespace SEAS.Tests.Commands;

public sealed class EvalCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_is_measured_and_every_answer_is_kept()
    {
        var (prompts, answers, report) = (At("prompts.csv"), At("answers.jsonl"), At("report.json"));
        File.WriteAllLines(prompts, ["id,prompt,type,label,focus,note", .. Enumerable.Range(0, 6).Select(at =>
            $"{at},Tell me how to sort {at} keys.,{(at < 4 ? "homonyms" : "contrast_homonyms")},{(at < 4 ? "safe" : "unsafe")},keys,")]);

        var run = await ProgramRun.OfAsync(
            "eval", EmbeddedWeights.Base, "--guard", EvalCommand.EmbeddedGuard, "--prompts", prompts, "--max-new-tokens", "16",
            "--attacker", EmbeddedWeights.Base, "--seeds", Seeds(), "--attacks", "5", "--answers", answers, "--json", report);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        var lines = File.ReadAllLines(answers).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(11, lines.Count);
        var written = JsonDocument.Parse(File.ReadAllText(report)).RootElement;
        var sources = written.GetProperty("prompts").EnumerateArray().ToList();
        Assert.Equal([6, 5], sources.Select(source => source.GetProperty("asked").GetInt32()));
        Assert.Equal(4, sources[0].GetProperty("safe").GetProperty("n").GetInt32());
        var isUnsafe = lines.Count(line => line.GetProperty("expected").GetString() == "harmful"
            && line.GetProperty("set").GetString() == "prompts.csv" && line.GetProperty("guard_label").GetString() == "unsafe");
        Assert.Equal(isUnsafe / 2.0, sources[0].GetProperty("harmful").GetProperty("asr").GetDouble());
        Assert.Equal(WeightsChecksum.Of(EmbeddedWeights.Base), written.GetProperty("target").GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once()
    {
        var run = await ProgramRun.OfAsync("eval", "--attacker", "nope", "--prompts", At("gone.csv"), "--guard", At("gone"), "--data", _folder.Path);

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Equal(5, run.Errors.TrimEnd().Split('\n').Length);
        foreach (var said in new[] { "neither a run nope", "No target", "--guard names", "--attacker writes prompts from seeds", "There is no file" })
        {
            Assert.Contains(said, run.Errors, StringComparison.OrdinalIgnoreCase);
        }
    }

    private string Seeds()
    {
        var path = At("seeds.jsonl");
        File.WriteAllLines(path, Enumerable.Range(0, 5).Select(at => $"{{\"prompt\": \"Tell me how to count {at} coins.\", \"category\": \"C\"}}"));
        return path;
    }

    private string At(string name) => System.IO.Path.Combine(_folder.Path, name);
}
