using SEAS.Data.Contracts;
using SEAS.Training.Review;

namespace SEAS.Web.Live.Review;

/// <summary>What the labels of the items at hand would do to pairs.</summary>
public sealed partial class ReviewSession
{
    // On a large round one look ahead costs a second of a processor; this is how much longer than each the pause after it is.
    private const int Rest = 4;

    private readonly Dictionary<long, OutlookView> _outlooks = [];
    private PairOutlook? _outlook;
    private bool _isForeseeing;
    private int _foreseen = -1;

    /// <summary>What either label of the item in hand would do, as far as that is known by now.</summary>
    public OutlookView Outlook => _outlooks.GetValueOrDefault(Card?.Item.Key ?? 0) ?? OutlookView.Nothing;

    /// <summary>Works it out off the page's thread, for the item in hand and then for those fetched ahead; no key waits for it.</summary>
    /// <remarks>
    /// On a thread of its own: a server of two processors has two pool threads, and one that counts pairs is one that answers no key.
    /// </remarks>
    /// <param name="changed">Called when something new is known of the item in hand.</param>
    public async Task ForeseeAsync(Action changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        if (_isForeseeing)
        {
            return;   // whoever is at it looks again when done
        }

        _isForeseeing = true;
        try
        {
            _outlook ??= new PairOutlook(_store, Run);
            while (Unforeseen() is { } card)
            {
                var shown = Filled;
                var began = _clock.GetTimestamp();
                var outlook = await Task.Factory.StartNew(
                    () => _outlook.Of(card), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
                var took = _clock.GetElapsedTime(began);
                _outlooks[card.Item.Key] = outlook;
                if (card == Card)
                {
                    _foreseen = shown;
                    changed();
                }

                await Task.Delay(Rest * took, _clock);
            }
        }
        catch (Exception error) when (error is StoreException or ObjectDisposedException)
        {
            // The run is gone, or the server goes down: the next decision says so.
        }
        finally
        {
            _isForeseeing = false;
        }
    }

    // What was worked out ahead does not know the labels given since: the item in hand is worked out once more when it shows.
    private ReviewCard? Unforeseen() => Card is not null && _foreseen != Filled
        ? Card
        : _shelf.Ahead.FirstOrDefault(card => !_outlooks.ContainsKey(card.Item.Key));
}
