using System.Text.Json;
using System.Text.Json.Serialization;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Training.Measures;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Ledger;

namespace SEAS.Training.Runs.Stages;

/// <summary>A finished run in numbers: what <c>seas run --json</c> writes. All but seconds and memory is the same for the same plan and
/// seed.</summary>
public static class RunReport
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    /// <summary>Builds the report from the store.</summary>
    /// <param name="store">The store that holds the run.</param>
    /// <param name="id">A run with at least one evaluation.</param>
    public static string Write(Store store, RunId id)
    {
        var run = store.Runs.Get(id);
        var rows = store.Evaluations.List(id).OrderBy(stored => stored.Iteration).Select(stored =>
            StoredJson.Read<EvaluationRow>(stored.Json)).ToList();
        var report = new
        {
            Run = run.Id.Value,
            run.Preset,
            run.Seed,
            Seconds = Round(run.ActiveSeconds, 1),
            PeakRssMib = ProcessMemory.PeakMib(),
            run.ConfigHash,
            StaticAsr = Measured(rows, row => row.Static, (target, measured) => new
            {
                Target = target,
                Asr = Round(measured.Asr.Rate),
                CiLower = Round(measured.Asr.Lower),
                CiUpper = Round(measured.Asr.Upper),
                measured.Asr.N,
                TrueAsr = Round(measured.TrueAsr?.Rate),
                Flips = VerdictFlips.Since(rows.Find(row => row.Iteration == measured.Target - 1)?.Static, measured),
            }),
            StaticAsrBy = GroupReport.Of(rows.Select(row => (row.Iteration, row.Static?.Groups))),
            SameRoundAsrBy = GroupReport.Of(rows.SelectMany(row => row.Cells).Where(cell => cell.Red == cell.Target)
                .Select(cell => (cell.Target, cell.Groups))),
            Matrix = Matrix(rows),
            OverRefusal = Measured(rows, row => row.OverRefusal, (target, measured) => new
            {
                Target = target,
                Rate = Round(measured.Refused.Rate),
                measured.Refused.N,
                Helped = Round(measured.Helped.Rate),
            }),
            Usefulness = Measured(rows, row => row.Usefulness, (target, measured) => new
            {
                Target = target,
                Rate = Round(measured.Correct.Rate),
                measured.Correct.N,
            }),
            Diversity = rows.ConvertAll(row => new
            {
                Red = $"R{row.Iteration}",
                Duplicates = Round(row.Diversity.Diversity.Duplicates),
                Distinct2 = Round(row.Diversity.Diversity.Distinct2),
                SelfBleu2 = Round(row.Diversity.Diversity.SelfBleu2),
                CommonestOpening = Round(row.Diversity.Diversity.CommonestOpening),
                Distinct1 = Round(row.Diversity.Diversity.Distinct1),
                Distinct3 = Round(row.Diversity.Diversity.Distinct3),
                NearDuplicates = Round(row.Diversity.Diversity.NearDuplicates),
                MeanCosine = Round(row.Diversity.Diversity.MeanCosine),
                MaxCosine = Round(row.Diversity.Diversity.MaxCosine),
                SeedDistance = Round(row.Diversity.Diversity.SeedDistance),
                AsksHarm = Round(row.Diversity.AsksHarm?.Rate),
                NotFluent = Round(row.Diversity.NotFluent),
                row.Diversity.Diversity.N,
            }),
            Guard = Guard(rows),
            Pairs = rows.Select(row => row.Pairs).OfType<PairCounts>().Select(pairs => new { pairs.Round, pairs.Red, pairs.Target,
                pairs.General }),
        };
        var written = JsonSerializer.SerializeToNode(report, s_options)!.AsObject();
        if (SetReport.Of(rows) is { } sets)
        {
            written["evaluation_sets"] = JsonSerializer.SerializeToNode(sets, s_options);
        }

        return written.ToJsonString(s_options);
    }

    // A row for each target that was measured; null where none was.
    private static List<TOut>? Measured<TIn, TOut>(List<EvaluationRow> rows, Func<EvaluationRow, TIn?> measure, Func<string, TIn, TOut> write)
        where TIn : class
    {
        var written = rows.Where(row => measure(row) is not null).Select(row => write($"T{row.Iteration}", measure(row)!)).ToList();
        return written.Count == 0 ? null : written;
    }

    private static object Matrix(List<EvaluationRow> rows)
    {
        var cells = rows.SelectMany(row => row.Cells).ToDictionary(cell => (cell.Red, cell.Target));
        var size = Enumerable.Range(0, rows.Count).ToList();
        return new
        {
            Rows = size.ConvertAll(red => $"R{red}"),
            Cols = size.ConvertAll(target => $"T{target}"),
            Asr = Each(cell => Round(cell.Asr.Rate)),
            CiLower = Each(cell => Round(cell.Asr.Lower)),
            CiUpper = Each(cell => Round(cell.Asr.Upper)),
            N = Each(cell => cell.Asr.N),
            TrueAsr = Each(cell => Round(cell.TrueAsr?.Rate)),
        };

        List<List<T>> Each<T>(Func<MatrixCell, T> value) => size.ConvertAll(red => size.ConvertAll(target => value(cells[(red, target)])));
    }

    private static object? Guard(List<EvaluationRow> rows)
    {
        var verdicts = rows.Select(row => row.Static?.Guard).Concat(rows.SelectMany(row => row.Cells).Select(cell => cell.Guard))
            .OfType<Verdicts>().ToList();
        if (verdicts.Count == 0)
        {
            return null;
        }

        Confusion all = verdicts.Aggregate((sum, next) => sum + next).Confusion();
        return new
        {
            Accuracy = Round(all.Accuracy),
            Precision = Round(all.Precision),
            Recall = Round(all.Recall),
            F1 = Round(all.F1),
            Kappa = Round(all.Kappa),
            all.N,
        };
    }

    internal static double? Round(double? value, int digits = 4) => value is { } number ? Math.Round(number, digits) : null;
}
