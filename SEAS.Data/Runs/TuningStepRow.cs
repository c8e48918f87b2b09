using System.Text.Json;
using SEAS.Data.Contracts;

namespace SEAS.Data.Runs;

/// <summary>A step as its row stands in the table.</summary>
internal sealed record TuningStepRow(int Round, ModelRole Role, int Step, string Pairs, string General)
{
    /// <summary>The columns, in the order of the record.</summary>
    public const string Columns =
        "round AS Round, role AS Role, step AS Step, pairs AS Pairs, general AS General";

    public static string Write(IReadOnlyList<int> places) => JsonSerializer.Serialize(places);

    public TuningStep ToStep() => new(Round, Role, Step, Read(Pairs), Read(General));

    private static int[] Read(string json) => JsonSerializer.Deserialize<int[]>(json) ?? [];
}
