using System.Globalization;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Training.Measures;
using SEAS.Training.Runs.Stages;
using SEAS.Web.Live;

namespace SEAS.Web.Commands;

/// <summary>Turns a run's events into lines for a terminal.</summary>
/// <param name="rounds">How many rounds the plan has.</param>
internal sealed class RunLines(int rounds)
{
    private static readonly Dictionary<RunStage, string> s_stages = new()
    {
        [RunStage.Initialization] = "tune R0 and T0",
        [RunStage.Attack] = "attack",
        [RunStage.Judge] = "judge",
        [RunStage.Review] = "send to review",
        [RunStage.Pairs] = "choose pairs",
        [RunStage.OptimizeRed] = "tune R",
        [RunStage.OptimizeTarget] = "tune T",
        [RunStage.Evaluation] = "evaluate",
    };

    /// <summary>What an event adds: lines that stay, and how far the present stage is.</summary>
    public (List<string> Finished, PresentStage? Present) Read(RunEvent happened)
    {
        switch (happened.Kind)
        {
            case EventKinds.StageFinished:
                var ended = happened.Read<StageFinishedEvent>();
                return ([$"{Place(ended.Round, ended.Stage),-28} {Duration(ended.Seconds)}"], null);
            case EventKinds.Progress:
                return ([], Progress(happened.Read<ProgressEvent>()));
            case EventKinds.Evaluation:
                return (Headlines(StoredJson.Read<EvaluationRow>(happened.Json)), null);
            case EventKinds.Alert:
                return ([$"note: {happened.Read<AlertEvent>().Text}"], null);
            default:
                return ([], null);
        }
    }

    /// <summary>A share in percent; a dash where it is not known.</summary>
    public static string Rate(Proportion? share) =>
        share is null ? "–" : string.Create(CultureInfo.InvariantCulture, $"{100 * share.Rate:0.0} %");

    /// <summary>Seconds as a person says them.</summary>
    public static string Duration(double seconds) => seconds switch
    {
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"),
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(seconds / 60):0} min {seconds % 60:00} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(seconds / 3600):0} h {Math.Floor(seconds % 3600 / 60):00} min"),
    };

    private PresentStage Progress(ProgressEvent progress)
    {
        var left = progress.SecondsLeft is { } seconds ? $" · {Duration(seconds)} left in all" : "";
        return new PresentStage(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Place(progress.Round, progress.Stage)} · {progress.TokensPerSecond:N0} tokens/s · {progress.RssMib:N0} MiB{left}"),
            progress.Done,
            Math.Max(1, progress.Total));
    }

    private string Place(int round, RunStage stage) => round == 0 ? s_stages[stage] : $"round {round}/{rounds}: {s_stages[stage]}";

    private static string WithInterval(Proportion share) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * share.Rate:0.0} % ({100 * share.Lower:0.0} to {100 * share.Upper:0.0})");

    private static List<string> Headlines(EvaluationRow row) => [Headline(row), .. (row.Sets ?? []).Select(Headline)];

    private static string Headline(SetMeasure measure)
    {
        string?[] parts =
        [
            measure.Harmful is { } harmful ? $"{WithInterval(harmful.Unsafe)} of {harmful.Unsafe.N} harmful rows succeed" : null,
            measure.Safe is { } safe ? $"{WithInterval(safe.Refused)} of {safe.Refused.N} safe rows refused" : null,
            measure.Unlabelled is { } other
                ? $"{Rate(other.Complied)} of {other.Complied.N} rows without a label answered, {Rate(other.Refused)} refused"
                : null,
        ];
        var trained = measure.AlsoTrained is > 0 and var rows ? $" ({rows} of its rows are also in the run's seeds or instructions)" : "";
        return $"      {measure.Set}: {string.Join("; ", parts.Where(part => part is not null))}{trained}";
    }

    private static string Headline(EvaluationRow row) =>
        $"  T{row.Iteration}: " + string.Join("; ",
        [
            Measured(row.Static?.Asr, "of attacks succeed", "attacks on held-out prompts"),
            Measured(row.OverRefusal?.Refused, "of harmless ones refused", "harmless prompts"),
            Measured(row.Usefulness?.Correct, "of tasks right", "tasks"),
        ]);

    private static string Measured(Proportion? share, string says, string what) =>
        share is null ? $"{what} not measured" : $"{WithInterval(share)} {says}";
}

/// <summary>How far the present stage is.</summary>
/// <param name="Text">Round, stage, speed, memory, time left.</param>
/// <param name="Done">Finished units of work.</param>
/// <param name="Total">All units of the stage, at least 1.</param>
internal sealed record PresentStage(string Text, double Done, double Total);
