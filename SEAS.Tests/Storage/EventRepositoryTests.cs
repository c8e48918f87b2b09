using System.Reflection;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;

namespace SEAS.Tests.Storage;

public sealed class EventRepositoryTests : IDisposable
{
    private readonly StoreFolder _at = new();
    private readonly RunId _run;

    public EventRepositoryTests() => _run = _at.NewRun().Id;

    public void Dispose() => _at.Dispose();

    [Fact]
    public void Events_read_back_in_order_after_a_number_and_up_to_a_limit()
    {
        var other = _at.NewRun().Id;
        _at.Store.Events.Append([Event(2), Event(1), Event(3), Event(1) with { Run = other }]);

        Assert.Equal([Event(1), Event(2), Event(3)], _at.Store.Events.After(_run, 0));
        Assert.Equal([Event(2)], _at.Store.Events.After(_run, sequence: 1, limit: 1));
        Assert.Empty(_at.Store.Events.After(_run, 3));
        Assert.Equal((3, 1), (_at.Store.Events.LastSequence(_run), _at.Store.Events.LastSequence(other)));
        Assert.Equal(0, _at.Store.Events.LastSequence(new RunId("nobody")));
    }

    [Fact]
    public void A_batch_with_a_taken_number_or_an_unknown_run_is_refused_whole()
    {
        _at.Store.Events.Append([Event(1)]);

        Assert.Throws<StoreException>(() => _at.Store.Events.Append([Event(2), Event(1)]));
        Assert.Throws<StoreException>(() => _at.Store.Events.Append([Event(3), Event(4) with { Run = new RunId("nobody") }]));

        Assert.Equal(1, _at.Store.Events.LastSequence(_run));
        _at.Store.Events.Append([]);
    }

    [Fact]
    public void A_thousand_events_are_one_quick_batch()
    {
        _at.Store.Events.Append(Enumerable.Range(1, 1000).Select(number => Event(number)));

        Assert.Equal(Enumerable.Range(1, 1000).Select(number => (long)number), _at.Store.Events.After(_run, 0).Select(e => e.Sequence));
    }

    [Fact]
    public void Kinds_are_written_like_words_with_hyphens_and_are_all_different()
    {
        var kinds = typeof(EventKinds).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetValue(null)!)
            .ToList();

        Assert.True(kinds.Count >= 12);
        Assert.Equal(kinds.Count, kinds.Distinct(StringComparer.Ordinal).Count());
        Assert.All(kinds, kind => Assert.Matches("^[a-z]+(-[a-z]+)*$", kind));
    }

    private RunEvent Event(long number) => new(_run, number, _at.Clock.Now.AddTicks(number), EventKinds.Alert, """{"text":"⚠"}""");
}
