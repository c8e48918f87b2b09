using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Training.Review;
using SEAS.Training.Runs.Context;

namespace SEAS.Web.Live.Review;

/// <summary>What the keys do, step by step.</summary>
public sealed partial class ReviewSession
{
    /// <summary>Fetches ahead; call it after each press.</summary>
    public Task FillAsync() => _shelf.FillAsync();

    /// <summary>Looks again for items, when there were none.</summary>
    public void LookAgain()
    {
        if (Card is null)
        {
            Show(_shelf.Take());
        }
    }

    /// <summary>Takes up typed text that outlived a lost page.</summary>
    public void Restore(long item, Func<LabelAnswers, LabelAnswers> typed)
    {
        if (Card?.Item.Key != item)
        {
            if (_shelf.Open(item) is not { } card)
            {
                return;
            }

            PutAside();
            Show(card);
        }

        Answers = typed(Answers);
        Filled++;
        Notice = ReviewNotice.Hint("What you had typed before this page was lost is back.");
    }

    /// <summary>Leaves: everything in hand goes back to the queue; what was chosen and typed is kept as a draft.</summary>
    public void Close()
    {
        if (Card is not null && Answers != _before)
        {
            Record(DecisionKind.Draft);
        }

        _shelf.Close();
        foreach (var card in new[] { Card, _parked }.OfType<ReviewCard>())
        {
            _store.Review.Queue.Release(card.Lease.Token);
        }
    }

    /// <summary>A group was labelled at once: goes on after it.</summary>
    public void AfterGroup(GroupOutcome outcome)
    {
        var done = outcome.Labelled.ToHashSet();
        _shelf.Drop(card => done.Contains(card.Item.Key));
        Given += done.Count;
        if (Card is { } card && done.Contains(card.Item.Key))
        {
            _path.Add(card.Item.Key);
            Advance();
        }

        Notice = ReviewNotice.Hint($"{done.Count} labelled at once. Undo takes them all back."
            + (outcome.Passed > 0 ? $" {outcome.Passed} were left out: others are at them." : ""));
    }

    private void Choose(int number, bool goOn)
    {
        var choice = Questions.SelectMany(question => question.Choices).FirstOrDefault(choice => choice.Number == number);
        if (choice is null || Card is null)
        {
            return;
        }

        if (!IsRevealed)
        {
            // A label for a text that nobody read would be worth nothing.
            _curtain.Toggle(Card.Item);
            Notice = ReviewNotice.Hint("Here is the text. Read it, then choose.");
            return;
        }

        Answers = goOn ? choice.Choose(Answers) : choice.Toggle(Answers);
        if (goOn)
        {
            Submit();
        }
    }

    private void Submit()
    {
        if (Card is null)
        {
            return;
        }

        if (!Answers.Invalid && Questions.Count > 0 && !Questions[0].IsAnswered(Answers))
        {
            var labels = string.Join(", ", Questions[0].Choices.Select(choice => $"{choice.Number} {ReviewText.Of(choice.Value)}"));
            Notice = ReviewNotice.Hint($"Choose first: {labels}. Or skip.");
            return;
        }

        Decide(DecisionKind.Submit);
    }

    private void Skip()
    {
        if (_isLost)
        {
            Advance();   // the item is somebody else's already
        }
        else
        {
            Decide(DecisionKind.Skip);
        }
    }

    private void Decide(DecisionKind kind)
    {
        if (Card is not { } card || !Record(kind))
        {
            return;
        }

        Last = new LastDecision(card.Item, kind, Answers);
        Given += kind == DecisionKind.Submit && !IsLookingBack ? 1 : 0;
        _unsent.Remove(card.Item.Key);
        if (!_path.Contains(card.Item.Key))
        {
            _path.Add(card.Item.Key);
        }

        Advance();
    }

    private void KeepDraft()
    {
        if (Card is not null && Record(DecisionKind.Draft))
        {
            _before = Answers;
            Notice = ReviewNotice.Hint("Draft saved.");
        }
    }

    private bool Record(DecisionKind kind)
    {
        var card = Card!;
        var decision = new NewDecision(
            card.Item.Key, Annotator, kind, Answers, _clock.GetElapsedTime(_since).TotalSeconds, Reason: null, GuidelineVersion,
            SuggestionShown: ShowsGuard, DecisionOrigin.Person, Batch: null, card.Lease.Token);
        try
        {
            _isLost = _desk.Record(decision) == DeskOutcome.Lost;
            Notice = _isLost ? ReviewNotice.Lost : Notice;
            return !_isLost;
        }
        catch (Exception error) when (error is StoreException or ArgumentException)
        {
            Notice = new ReviewNotice("failed", error.Message);   // the item stays in hand, with everything typed
            return false;
        }
    }

    private void Undo()
    {
        if (_desk.Undo() is not { } undone)
        {
            Notice = ReviewNotice.Hint("There is nothing to take back.");
            return;
        }

        Given = Math.Max(0, Given - (undone.Taken.Kind == DecisionKind.Submit ? undone.Count : 0));
        Last = null;
        if (undone.Lease is { } lease)
        {
            PutAside();
            Show(ReviewCard.Of(_store, lease));
            (Answers, _takenBack) = (undone.Taken.Answers, undone.Taken.Answers);
            _path.Remove(lease.Item.Key);
        }

        Notice = ReviewNotice.Hint(undone.Count > 1
            ? $"{undone.Count} labels of a group were taken back."
            : "Taken back. Change it, or submit it again.");
    }

    private void Redo()
    {
        if (_takenBack is { } answers)
        {
            Answers = answers;
            Submit();
        }
    }

    private void Back() => LookAt((_backAt ?? _path.Count) - 1, "This is the first item that you decided here.");

    private void Forward()
    {
        if (_backAt is null)
        {
            Notice = ReviewNotice.Hint("Decide this one, or skip it: then the next one comes.");
        }
        else if (_backAt + 1 < _path.Count)
        {
            LookAt(_backAt.Value + 1, "");
        }
        else
        {
            _store.Review.Queue.Release(Card!.Lease.Token);
            Advance();
        }
    }

    private void LookAt(int at, string none)
    {
        if (at < 0)
        {
            Notice = ReviewNotice.Hint(none);
            return;
        }

        if (_shelf.Open(_path[at]) is not { } card)
        {
            Notice = ReviewNotice.Hint("Somebody else has that item now.");
            return;
        }

        PutAside();
        _backAt = at;
        Show(card);
    }

    // The item in hand waits while an earlier one is open; an earlier one goes back.
    private void PutAside()
    {
        if (Card is not { } card)
        {
            return;
        }

        if (Answers != _before)
        {
            _unsent[card.Item.Key] = Answers;
        }

        if (_parked is null && _backAt is null)
        {
            _parked = card;
        }
        else
        {
            _store.Review.Queue.Release(card.Lease.Token);
        }
    }

    private void Advance()
    {
        var parked = _parked;
        (_parked, _backAt) = (null, null);
        Show(parked ?? _shelf.Take());
    }

    private void Show(ReviewCard? card)
    {
        Card = card;
        _isLost = false;
        _takenBack = null;
        Filled++;
        _since = _clock.GetTimestamp();
        Questions = card is null ? [] : QuestionView.Of(card.Item.Kind, Settings.Questions);
        Answers = card is null ? new() : _unsent.GetValueOrDefault(card.Item.Key) ?? card.Draft ?? Prefilled(card.Item);
        _before = Answers;
        _curtain.Show(card?.Item);
    }

    private static LabelAnswers Prefilled(ReviewItem item) => ReviewText.IsStyle(item.Category)
        ? new() { Style = item.Category }
        : new() { Category = item.Category };

    // Whoever chooses and types is at work: what is in hand stays with them.
    private void Touch()
    {
        if (_clock.GetElapsedTime(_renewed).TotalSeconds > Settings.LeaseSeconds / 4.0)
        {
            _renewed = _clock.GetTimestamp();
            _shelf.Renew(Card);
        }
    }
}
