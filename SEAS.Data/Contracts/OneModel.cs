namespace SEAS.Data.Contracts;

/// <summary>The rows of one model in one round, in the tables that keep both models' beside each other.</summary>
internal static class OneModel
{
    /// <summary>Finds them along the tables' keys.</summary>
    public const string Where = """
        WHERE run_id = @Run
           AND round  = @Round
           AND role   = @Role
        """;

    /// <summary>What <see cref="Where"/> asks for, and a place among the rows.</summary>
    public static object Rows(RunId run, int round, ModelRole role, int? place = null) =>
        new { Run = run, Round = round, Role = role.ToString(), Place = place };
}
