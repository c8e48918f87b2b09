using System.Text.Json;
using SEAS.Data.Contracts;

namespace SEAS.Web.Live;

/// <summary>How many rounds a run's plan asks for.</summary>
public static class PlannedRounds
{
    private const int Usual = 3;   // the paper's number, for plans that do not say

    public static int Of(Run run)
    {
        using var plan = JsonDocument.Parse(run.PlanJson);
        foreach (var member in plan.RootElement.EnumerateObject())
        {
            if (member.NameEquals("Rounds") || member.NameEquals("rounds"))
            {
                return member.Value.GetInt32();
            }
        }

        return Usual;
    }
}
