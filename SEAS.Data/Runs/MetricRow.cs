using SEAS.Data.Contracts;

namespace SEAS.Data.Runs;

/// <summary>A row of the table of metrics: SQLite has no "not a number", so null stands for it.</summary>
internal sealed record MetricRow(string Name, int Round, long Step, double? Value, DateTimeOffset AtUtc)
{
    public MetricPoint ToPoint() => new(Name, Round, Step, Value ?? double.NaN, AtUtc);
}
