using SEAS.Data.Contracts;

namespace SEAS.Tests.Storage;

public sealed class MetricRepositoryTests : IDisposable
{
    private readonly StoreFolder _at = new();
    private readonly RunId _run;

    public MetricRepositoryTests() => _run = _at.NewRun().Id;

    public void Dispose() => _at.Dispose();

    [Fact]
    public void A_curve_reads_back_by_round_and_step_and_from_a_step_on()
    {
        Append(Point(1, 1, 0.5), Point(0, 2, 0.25), Point(0, 1, 0.125), Point(0, 1, 3) with { Name = "target/loss" });

        Assert.Equal(["red/loss", "target/loss"], _at.Store.Metrics.Names(_run));
        Assert.Equal([0.125, 0.25, 0.5], Values());
        Assert.Equal([0.125, 0.25], Values(round: 0));
        Assert.Equal([0.25], Values(round: 0, afterStep: 1));
        Assert.Equal(Point(0, 1, 0.125), _at.Store.Metrics.Series(_run, "red/loss")[0]);
    }

    [Fact]
    public void A_step_that_comes_again_replaces_itself()
    {
        Append(Point(0, 1, 0.5), Point(0, 2, 0.5));
        Append(Point(0, 1, 0.75));

        Assert.Equal([0.75, 0.5], Values());
    }

    [Fact]
    public void Every_number_survives_even_those_that_are_none()
    {
        double[] numbers = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue, 0.1, -0.0];
        Append([.. numbers.Select((number, step) => Point(0, step, number))]);

        Assert.Equal(numbers, Values());
    }

    [Fact]
    public void A_batch_is_stored_whole_or_not_at_all()
    {
        Assert.Throws<StoreException>(() => _at.Store.Metrics.Append(new RunId("nobody"), [Point(0, 1, 1)]));
        Assert.Throws<StoreException>(() => Append(Point(0, 1, 1), Point(0, 2, 2) with { Name = null! }));

        Assert.Empty(_at.Store.Metrics.Names(_run));
    }

    private void Append(params MetricPoint[] points) => _at.Store.Metrics.Append(_run, points);

    private IEnumerable<double> Values(int? round = null, long afterStep = -1) =>
        _at.Store.Metrics.Series(_run, "red/loss", round, afterStep).Select(point => point.Value);

    private MetricPoint Point(int round, long step, double value) => new("red/loss", round, step, value, _at.Clock.Now);
}
