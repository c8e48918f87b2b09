using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Training.Review;
using SEAS.Training.Runs.Context;

namespace SEAS.Web.Live.Review;

/// <summary>The item in hand and the ones fetched ahead, so that the next one is there before it is asked for.</summary>
/// <remarks>Belongs to one page; only <see cref="FillAsync"/> leaves its thread, to read.</remarks>
internal sealed class LeasePrefetcher(Store store, RunId run, string annotator, TimeProvider clock)
{
    // Few: what is on this shelf nobody else can label.
    private const int Depth = 2;

    private static readonly TimeSpan s_nearlyOver = TimeSpan.FromSeconds(30);

    private readonly Queue<ReviewCard> _ahead = new();
    private bool _filling;
    private bool _closed;

    /// <summary>What was fetched ahead, the next one first.</summary>
    public IEnumerable<ReviewCard> Ahead => _ahead;

    /// <summary>The next item; null when none is left for this person.</summary>
    public ReviewCard? Take()
    {
        while (_ahead.TryDequeue(out var card))
        {
            if (card.Lease.UntilUtc - clock.GetUtcNow() > s_nearlyOver || store.Review.Queue.Renew(card.Lease.Token))
            {
                return card;
            }
        }

        return store.Review.Queue.Next(run, annotator) is { } lease ? ReviewCard.Of(store, lease) : null;
    }

    /// <summary>One certain item; null when somebody else has it or it is done.</summary>
    public ReviewCard? Open(long item)
    {
        if (_ahead.FirstOrDefault(card => card.Item.Key == item) is { } ahead)
        {
            Drop(card => card == ahead);
            return ahead;
        }

        return store.Review.Queue.Open(item, annotator) is { } lease ? ReviewCard.Of(store, lease) : null;
    }

    /// <summary>Forgets cards whose items are decided.</summary>
    public void Drop(Predicate<ReviewCard> decided)
    {
        var rest = _ahead.Where(card => !decided(card)).ToList();
        _ahead.Clear();
        rest.ForEach(_ahead.Enqueue);
    }

    /// <summary>Fetches ahead, off the page's thread.</summary>
    public async Task FillAsync()
    {
        if (_filling || _closed || _ahead.Count >= Depth)
        {
            return;
        }

        _filling = true;
        try
        {
            var missing = Depth - _ahead.Count;
            var cards = await Task.Run(() => store.Review.Queue.Prefetch(run, annotator, missing)
                .Select(lease => ReviewCard.Of(store, lease)).ToList());
            cards.ForEach(_ahead.Enqueue);
            if (_closed)
            {
                Close();
            }
        }
        catch (StoreException)
        {
            // The run is gone, or the disk is full: the next decision says so, with the item still on the page.
        }
        finally
        {
            _filling = false;
        }
    }

    /// <summary>Keeps everything in hand for another while: somebody is at work here.</summary>
    public void Renew(ReviewCard? inHand)
    {
        foreach (var card in inHand is null ? _ahead : _ahead.Prepend(inHand))
        {
            store.Review.Queue.Renew(card.Lease.Token);
        }
    }

    /// <summary>Gives back what was fetched ahead, so that others get it at once.</summary>
    public void Close()
    {
        _closed = true;
        while (_ahead.TryDequeue(out var card))
        {
            store.Review.Queue.Release(card.Lease.Token);
        }
    }
}
