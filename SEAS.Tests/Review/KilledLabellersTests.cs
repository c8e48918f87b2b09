using Dapper;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Storage;
using SEAS.Training.Review;
using SEAS.Web.Live;

namespace SEAS.Tests.Review;

public sealed class KilledLabellersTests : IDisposable
{
    private const int Items = 20_000;

    private readonly ReviewFolder _at = new();

    public void Dispose() => _at.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(700)]
    public void No_label_of_a_killed_process_is_lost_none_is_there_twice_and_everybody_gets_back_what_they_held(int labels)
    {
        _at.Review.Settings.Save(_at.Run, new ReviewSettings { OverlapShare = 0.2 });
        _at.Add(Items);
        _at.At.Close();
        using var people = new KilledLabellers(_at.At.Folder);
        var said = people.KillAfter(labels);
        Assert.True(said.Count >= labels, $"The process said {said.Count} labels, so it died by itself.");
        var held = Leases();

        var stored = _at.Review.Decisions.Current(_at.Run);
        AssertNothingTwice(stored);
        Assert.Subset(stored.Select(decision => decision.Id).ToHashSet(), said.ToHashSet());
        Assert.NotEmpty(held);   // whoever has just labelled has the next one before them already

        var before = stored.Select(decision => (decision.Item, decision.Annotator)).ToHashSet();
        var back = Enumerable.Range(0, KilledLabellers.People)
            .SelectMany(person => _at.Review.Queue.Prefetch(_at.Run, KilledLabellers.Name(person), 2))
            .ToList();
        Assert.Equal(2 * KilledLabellers.People, back.Count);
        Assert.DoesNotContain(back, lease => before.Contains((lease.Item.Key, lease.Annotator)));
        Assert.Subset(back.Select(lease => (lease.Item.Key, lease.Annotator)).ToHashSet(), held);
        foreach (var lease in back)
        {
            _at.Review.Decisions.Record(ReviewFolder.Submit(lease));
        }

        AssertNothingTwice(_at.Review.Decisions.Current(_at.Run));
        Assert.Equal(stored.Count + back.Count, _at.Review.Decisions.Current(_at.Run).Count);
        Assert.Empty(_at.Review.Queue.Holders(_at.Run));
    }

    private HashSet<(long Item, string Annotator)> Leases()
    {
        using var connections = new SqliteConnections(_at.At.Database);
        return [.. connections.Read(reader => reader.Query<(long, string)>("SELECT item, annotator FROM review_leases;"))];
    }

    private void AssertNothingTwice(IReadOnlyList<Decision> stored)
    {
        Assert.Equal(stored.Count, stored.Select(decision => (decision.Item, decision.Annotator)).Distinct().Count());
        var items = _at.Review.Items.OfRun(_at.Run).ToDictionary(item => item.Key);
        Assert.All(stored.GroupBy(decision => decision.Item), labels =>
        {
            Assert.InRange(labels.Count(), 1, items[labels.Key].Wanted);
            Assert.Equal(labels.Count(), items[labels.Key].Submissions);
        });
    }
}
