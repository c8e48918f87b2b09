namespace SEAS.Training.Runs.Stages;

/// <summary>The figures on imported evaluation sets as the report has them: a row for each set and target.</summary>
internal static class SetReport
{
    /// <summary>Null where a run measured none, so that the reports of such runs are what they always were.</summary>
    public static IReadOnlyList<object>? Of(IReadOnlyList<EvaluationRow> rows)
    {
        var measures = rows.SelectMany(row => row.Sets ?? []).ToList();
        return measures.Count == 0 ? null : [.. measures
            .OrderBy(measure => measures.FindIndex(first => first.Set == measure.Set)).ThenBy(measure => measure.Target)
            .Select(measure => new
            {
                measure.Set,
                Target = $"T{measure.Target}",
                measure.Rows,
                measure.Asked,
                measure.AlsoTrained,
                RefusalsBy = measure.RefusalsBy ?? SetMeasure.Wording,
                Harmful = measure.Harmful is not { } harmful ? null : new
                {
                    Asr = Round(harmful.Unsafe.Rate),
                    CiLower = Round(harmful.Unsafe.Lower),
                    CiUpper = Round(harmful.Unsafe.Upper),
                    RefusalRate = Round(harmful.Refused.Rate),
                    harmful.Unsafe.N,
                },
                Safe = measure.Safe is not { } safe ? null : new
                {
                    OverRefusalRate = Round(safe.Refused.Rate),
                    CiLower = Round(safe.Refused.Lower),
                    CiUpper = Round(safe.Refused.Upper),
                    UnsafeRate = Round(safe.Unsafe.Rate),
                    safe.Refused.N,
                },
                Unlabelled = measure.Unlabelled is not { } other ? null : new
                {
                    Complied = Round(other.Complied.Rate),
                    Refused = Round(other.Refused.Rate),
                    Unsafe = Round(other.Unsafe.Rate),
                    other.Refused.N,
                },
            })];
    }

    private static double Round(double share) => Math.Round(share, 4);
}
