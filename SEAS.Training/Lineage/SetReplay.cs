using System.Globalization;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;
using SEAS.Training.Endpoints;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Stages;
using static TorchSharp.torch;

namespace SEAS.Training.Lineage;

/// <summary>Answers and judges a unit of an imported evaluation set again, from the stored prompts: the set may be gone.</summary>
internal sealed class SetReplay(RunRows rows, Device device)
{
    /// <summary>Makes the unit of a row again and compares the row that is wanted.</summary>
    /// <returns>What was made, and how much of it is equal.</returns>
    public string Make(SetAnswerId wanted, List<ReplayFinding> findings, CancellationToken cancellation)
    {
        if (rows.Plan.Endpoints.Target is { } endpoint)
        {
            return Left("answers", endpoint);
        }

        if (rows.Plan.Endpoints.Judge is { } judge)
        {
            return Left("verdicts", judge);
        }

        var unit = rows.Require(SetMeasurement.UnitOf(rows.Store, wanted.Run, wanted.Round, wanted.Set, wanted.Row), wanted);
        var stored = rows.Store.SetAnswers.Rows(wanted.Run, wanted.Round, wanted.Set, unit.First, unit.Last);
        using var target = new LocalChatModel(rows.Plan.OpenCheckpoint(rows.Parts.Weights(ModelRole.Target, wanted.Round), device));
        using var guard = rows.Parts.OpenGuard(device);
        var again = SetMeasurement.Answer(
            rows.Plan, wanted.Round, wanted.Set, [.. stored.Select(AskedRow.Of)], target, guard, cancellation);
        findings.AddRange(stored.Zip(again)
            .Where(pair => pair.First.Row == wanted.Row)
            .SelectMany(pair => new[]
            {
                new ReplayFinding(wanted, "answer", pair.First.Answer, pair.Second.Answer),
                new ReplayFinding(wanted, "score", Number(pair.First.Score), Number(pair.Second.Score)),
            }));
        var equal = stored.Zip(again).Count(pair => pair.First == pair.Second);
        var set = rows.Plan.EvaluationSets[wanted.Set].Name;
        return FormattableString.Invariant($"Set {set}, rows {unit.First} to {unit.Last}: {stored.Count} were answered and judged ")
            + FormattableString.Invariant($"again by T{wanted.Round}; {equal} are equal.");
    }

    private static string Left(string what, EndpointSettings endpoint) => $"The {what} on the set came from {endpoint.Name}: "
        + "what an endpoint wrote cannot be written again, so the row was left as it is.";

    private static string Number(double score) => score.ToString("R", CultureInfo.InvariantCulture);
}
