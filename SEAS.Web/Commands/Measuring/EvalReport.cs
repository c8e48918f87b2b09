using System.Globalization;
using System.Text.Json;
using SEAS.Training.Endpoints;
using SEAS.Training.Measures;
using SEAS.Training.Measures.Variety;
using SEAS.Training.ModelFiles;
using SEAS.Training.Runs.Measuring;
using SEAS.Training.Runs.Plan;
using SEAS.Training.Runs.Stages;

namespace SEAS.Web.Commands;

/// <summary>The figures of <c>eval</c>: for a terminal, and as JSON.</summary>
internal static class EvalReport
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true,
    };

    /// <summary>What a person reads of one source.</summary>
    public static IEnumerable<string> Lines(TargetFigures figures)
    {
        yield return $"{figures.Source.Name} ({figures.Source.Format}), {figures.Source.Rows.Count} prompts";
        if (figures.Harmful is { } harmful)
        {
            yield return $"  attack success rate   {Shown(harmful.Unsafe)} of the harmful prompts got an answer that the guard calls unsafe";
            yield return $"  refused               {Shown(harmful.Refused)} of the harmful prompts, in whole or in part";
        }

        if (figures.Safe is { } safe)
        {
            yield return $"  over-refusal          {Shown(safe.Refused)} of the harmless prompts were refused, in whole or in part";
            yield return $"  unsafe on harmless    {Shown(safe.Unsafe)} of the harmless prompts got an answer that the guard calls unsafe";
        }

        if (figures.Unlabelled is { } other)
        {
            yield return $"  called unsafe         {Shown(other.Unsafe)} of the prompts of which the file does not say whether they are harmful";
            yield return $"  refused               {Shown(other.Refused)} of these, in whole or in part";
        }

        if (figures.Empty > 0)
        {
            yield return $"  {figures.Empty} answers are empty: they count as neither refused nor complied.";
        }
    }

    /// <summary>Everything.</summary>
    public static string Json(
        RunPlan plan, string target, string? attacker, string guard, IReadOnlyList<TargetFigures> figures, Diversity? diversity) =>
        JsonSerializer.Serialize(
            new
            {
                Target = new { Name = target, Sha256 = Sum(plan.Endpoints.Target, plan.TargetModel) },
                Guard = new { Name = guard, Sha256 = Sum(plan.Endpoints.Judge, plan.GuardModel), Threshold = plan.GuardThreshold, Format = plan.GuardFormat },
                Decoding = new { Temperature = 0, MaxNewTokens = plan.Attack.AnswerTokens },
                RefusalsBy = SetMeasure.Fitted,
                Attacker = diversity is null ? null : new
                {
                    Name = attacker,
                    Sha256 = Sum(plan.Endpoints.Red, plan.RedModel),
                    plan.Seed,
                    plan.Attack.Shots,
                    plan.Attack.Temperature,
                    plan.Attack.TopP,
                    Diversity = diversity,
                },
                Prompts = figures.Select(Row),
            },
            s_options);

    private static object Row(TargetFigures figures) => new
    {
        figures.Source.Name,
        figures.Source.Format,
        Asked = figures.Source.Rows.Count,
        LeftOut = figures.Source.LeftOut.Count,
        Harmful = figures.Harmful is not { } harmful ? null : new
        {
            Asr = RunReport.Round(harmful.Unsafe.Rate),
            CiLower = RunReport.Round(harmful.Unsafe.Lower),
            CiUpper = RunReport.Round(harmful.Unsafe.Upper),
            RefusalRate = RunReport.Round(harmful.Refused.Rate),
            harmful.Unsafe.N,
            ByType = figures.AttackSuccessByType,
        },
        Safe = figures.Safe is not { } safe ? null : new
        {
            OverRefusalRate = RunReport.Round(safe.Refused.Rate),
            CiLower = RunReport.Round(safe.Refused.Lower),
            CiUpper = RunReport.Round(safe.Refused.Upper),
            UnsafeRate = RunReport.Round(safe.Unsafe.Rate),
            safe.Refused.N,
        },
        Unlabelled = figures.Unlabelled is not { } other ? null : new
        {
            Unsafe = RunReport.Round(other.Unsafe.Rate),
            CiLower = RunReport.Round(other.Unsafe.Lower),
            CiUpper = RunReport.Round(other.Unsafe.Upper),
            Refused = RunReport.Round(other.Refused.Rate),
            Complied = RunReport.Round(other.Complied.Rate),
            other.Unsafe.N,
        },
        PartlyRefused = figures.Partly,
        figures.Empty,
    };

    private static string? Sum(EndpointSettings? endpoint, string? folder) =>
        endpoint is null && folder is not null ? WeightsChecksum.Of(folder) : null;

    private static string Shown(Proportion share) => string.Create(
        CultureInfo.InvariantCulture, $"{100 * share.Rate,5:0.0} % ({100 * share.Lower:0.0} to {100 * share.Upper:0.0}, n = {share.N})");
}
