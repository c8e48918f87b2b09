using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Training.Runs.Plan;

namespace SEAS.Web.Live.Review;

/// <summary>What a run's plan says of the guard: where it is unsure, and from where on it says unsafe.</summary>
internal static class PlannedReview
{
    /// <summary>The band and the threshold; the usual ones where the plan was written by another version.</summary>
    public static ((double Low, double High) Band, double Threshold) Of(Run run)
    {
        using var plan = JsonDocument.Parse(run.PlanJson);
        var threshold = Number(plan.RootElement, "GuardThreshold") ?? 0.5;
        var usual = new ReviewPlan();   // a plan leaves out what is as usual
        return plan.RootElement.TryGetProperty("Review", out var review)
            ? ((Number(review, "BandLow") ?? usual.BandLow, Number(review, "BandHigh") ?? usual.BandHigh), threshold)
            : ((usual.BandLow, usual.BandHigh), threshold);
    }

    private static double? Number(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            ? value.GetDouble()
            : null;
}
