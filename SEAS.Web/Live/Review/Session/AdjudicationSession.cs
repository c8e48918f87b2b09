using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Training.Review;

namespace SEAS.Web.Live.Review;

/// <summary>A lead settling the items on which people do not agree.</summary>
public sealed class AdjudicationSession
{
    private const int Most = 200;

    private readonly Store _store;
    private readonly TimeProvider _clock;
    private readonly ContentBlur _curtain;
    private long _since;

    /// <summary>Begins with the first conflict.</summary>
    public AdjudicationSession(Store store, RunId run, string lead, TimeProvider clock)
    {
        (_store, Run, Lead, _clock) = (store, run, lead, clock);
        Settings = store.Review.Settings.Get(run);
        _curtain = new ContentBlur(store.Review.Annotators, lead) { PauseAfter = Settings.PauseAfterHarmful };
        Read();
    }

    /// <summary>The run.</summary>
    public RunId Run { get; }

    /// <summary>Who settles.</summary>
    public string Lead { get; }

    /// <summary>What the run asks.</summary>
    public ReviewSettings Settings { get; }

    /// <summary>Items that people label differently, the first two hundred.</summary>
    public IReadOnlyList<ReviewItem> Conflicts { get; private set; } = [];

    /// <summary>The one in hand; null when there is none.</summary>
    public ReviewItem? Item { get; private set; }

    /// <summary>What people said of it, by age: the newest of each.</summary>
    public IReadOnlyList<Decision> Said { get; private set; } = [];

    /// <summary>All answers to its prompt.</summary>
    public IReadOnlyList<AttackCase> Siblings { get; private set; } = [];

    /// <summary>What it is asked.</summary>
    public IReadOnlyList<QuestionView> Questions { get; private set; } = [];

    /// <summary>The lead's answers so far.</summary>
    public LabelAnswers Answers { get; private set; } = new();

    /// <summary>Why, for those who said otherwise.</summary>
    public string Reason { get; set; } = "";

    /// <summary>The answer that it should have given, at first as people wrote it; empty if it needs none.</summary>
    public string Corrected { get; set; } = "";

    /// <summary>A better answer can be written: the item is an answer, and the run asks for it.</summary>
    public bool AsksCorrected => Item?.Kind == ReviewKind.Answer && Settings.Questions.HasFlag(ReviewQuestions.Corrected);

    /// <summary>Grows whenever the texts change by anything else than typing: then their fields are filled anew.</summary>
    public int Filled { get; private set; }

    /// <summary>What <see cref="Reason"/> and <see cref="Corrected"/> were then.</summary>
    public (string Reason, string Corrected) FilledWith { get; private set; } = ("", "");

    /// <summary>What the page has to say.</summary>
    public ReviewNotice? Notice { get; private set; }

    /// <summary>The texts can be read.</summary>
    public bool IsRevealed => _curtain.IsOpen;

    /// <summary>Reads the conflicts anew, and stays at the item in hand while it is one.</summary>
    public void Read()
    {
        Conflicts = _store.Review.Items.Page(Run, new ReviewFilter { State = ReviewState.Conflict }, Most);
        if (Item is null || Conflicts.All(item => item.Key != Item.Key))
        {
            Show(Conflicts.Count > 0 ? Conflicts[0] : null);
        }
    }

    /// <summary>Opens one of the conflicts.</summary>
    public void Open(ReviewItem item) => Show(item);

    /// <summary>Takes up typed text that outlived a lost page, if its item is still one of the conflicts.</summary>
    public void Restore(long item, string? reason, string? corrected)
    {
        if (Conflicts.FirstOrDefault(conflict => conflict.Key == item) is { } conflict)
        {
            if (conflict.Key != Item?.Key)
            {
                Show(conflict);
            }

            Fill(reason ?? Reason, corrected ?? Corrected);
            Notice = ReviewNotice.Hint("What you had typed before this page was lost is back.");
        }
    }

    /// <summary>Does what a key or button asks for.</summary>
    public void Press(ReviewAction action, long seen)
    {
        if (seen != 0 && seen != Item?.Key)
        {
            return;
        }

        Notice = null;
        switch (action)
        {
            case >= ReviewAction.Choose1 and <= ReviewAction.Choose9 when Item is not null:
                Choose(action - ReviewAction.Choose1 + 1);
                break;
            case ReviewAction.Submit or ReviewAction.SubmitTyping when Item is not null:
                Settle();
                break;
            case ReviewAction.Undo:
                Undo();
                break;
            case ReviewAction.Next or ReviewAction.Skip:
                Step(1);
                break;
            case ReviewAction.Previous:
                Step(-1);
                break;
            case ReviewAction.Reveal when Item is not null:
                _curtain.Toggle(Item);
                break;
            case ReviewAction.KeepRevealed when Item is not null:
                _curtain.ToggleStay(Item);
                break;
        }
    }

    private void Choose(int number)
    {
        if (!IsRevealed)
        {
            _curtain.Toggle(Item!);
            Notice = ReviewNotice.Hint("Here is the text. Read it, then choose.");
        }
        else if (Questions.SelectMany(question => question.Choices).FirstOrDefault(choice => choice.Number == number) is { } choice)
        {
            Answers = choice.Toggle(Answers);
        }
    }

    private void Settle()
    {
        if (!Questions[0].IsAnswered(Answers))
        {
            Notice = ReviewNotice.Hint("Choose the label that shall count first.");
            return;
        }

        try
        {
            _store.Review.Decisions.Record(new NewDecision(
                Item!.Key, Lead, DecisionKind.Adjudicate, Answers with { Corrected = Text(Corrected) },
                _clock.GetElapsedTime(_since).TotalSeconds, Text(Reason), _store.Review.Guidelines.Newest(Run)?.Version ?? 0,
                SuggestionShown: false, DecisionOrigin.Person, Batch: null, Token: null));
            Read();
        }
        catch (StoreException error)
        {
            Notice = new ReviewNotice("failed", error.Message);
        }
    }

    private void Undo()
    {
        if (_store.Review.Decisions.Undo(Run, Lead) is { } undone)
        {
            if (undone.Lease is { } lease)
            {
                _store.Review.Queue.Release(lease.Token);
            }

            Read();
            Show(_store.Review.Items.Find(undone.Taken.Item));
            Answers = undone.Taken.Answers;
            Fill(undone.Taken.Reason ?? "", Answers.Corrected ?? "");
            Notice = ReviewNotice.Hint("Taken back. Change it, or settle it again.");
        }
        else
        {
            Notice = ReviewNotice.Hint("There is nothing to take back.");
        }
    }

    private void Step(int by)
    {
        var at = Conflicts.ToList().FindIndex(item => item.Key == Item?.Key);
        if (at >= 0 && at + by >= 0 && at + by < Conflicts.Count)
        {
            Show(Conflicts[at + by]);
        }
    }

    private void Show(ReviewItem? item)
    {
        (Item, Answers, Said, Siblings, Questions) = (item, new LabelAnswers(), [], [], []);
        Fill("", "");
        _since = _clock.GetTimestamp();
        _curtain.Show(item);
        if (item is null)
        {
            return;
        }

        Questions = QuestionView.Of(item.Kind, Settings.Questions);
        Siblings = item.Source == ReviewSource.Attack
            ? _store.Attacks.AnswersTo(item.Run, item.Round, item.SeedIndex, item.PromptIndex)
            : [];
        var history = _store.Review.Decisions.History(item.Key);
        var undone = history.Where(decision => decision.Kind == DecisionKind.Undo).Select(decision => decision.Replaces).ToHashSet();
        Said = [.. history.Where(decision => decision.Kind == DecisionKind.Submit && !undone.Contains(decision.Id))
            .GroupBy(decision => decision.Annotator).Select(own => own.Last())];

        // The lead's decision counts alone: what people wrote is lost unless it goes into it.
        if (AsksCorrected && Said.LastOrDefault(decision => Text(decision.Answers.Corrected) is not null) is { } written)
        {
            Fill("", written.Answers.Corrected!);
        }
    }

    private void Fill(string reason, string corrected)
    {
        (Reason, Corrected) = (reason, corrected);
        (Filled, FilledWith) = (Filled + 1, (reason, corrected));
    }

    private static string? Text(string? typed) => typed?.Trim() is { Length: > 0 } text ? text : null;
}
