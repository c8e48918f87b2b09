using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Training.Review;

namespace SEAS.Web.Live.Review;

/// <summary>One person labelling one run: the item in hand, what is chosen and typed, and what each key does to it.</summary>
/// <remarks>A plain object: a page draws it, a test drives it. What was decided is in the store before the next item shows.</remarks>
public sealed partial class ReviewSession
{
    private readonly Store _store;
    private readonly TimeProvider _clock;
    private readonly LeasePrefetcher _shelf;
    private readonly ContentBlur _curtain;
    private readonly DecisionSubmitter _desk;
    private readonly List<long> _path = [];
    private readonly Dictionary<long, LabelAnswers> _unsent = [];
    private ReviewCard? _parked;
    private int? _backAt;
    private LabelAnswers _before = new();
    private LabelAnswers? _takenBack;
    private bool _isLost;
    private long _since;
    private long _renewed;

    /// <summary>Begins to work; the first item is in hand afterwards.</summary>
    public ReviewSession(Store store, RunId run, string annotator, TimeProvider clock)
    {
        (_store, Run, Annotator, _clock) = (store, run, annotator, clock);
        Settings = store.Review.Settings.Get(run);
        _shelf = new LeasePrefetcher(store, run, annotator, clock);
        _desk = new DecisionSubmitter(store, run, annotator);
        _renewed = clock.GetTimestamp();
        _curtain = new ContentBlur(store.Review.Annotators, annotator) { PauseAfter = Settings.PauseAfterHarmful };
        GuidelineVersion = store.Review.Guidelines.Newest(run)?.Version ?? 0;
        Show(_shelf.Take());
    }

    /// <summary>The run whose items these are.</summary>
    public RunId Run { get; }

    /// <summary>Who labels.</summary>
    public string Annotator { get; }

    /// <summary>What the run asks, and how.</summary>
    public ReviewSettings Settings { get; private set; }

    /// <summary>The version of the guidelines that labels are given by.</summary>
    public int GuidelineVersion { get; set; }

    /// <summary>The item in hand; null when none is left.</summary>
    public ReviewCard? Card { get; private set; }

    /// <summary>What the item in hand is asked.</summary>
    public IReadOnlyList<QuestionView> Questions { get; private set; } = [];

    /// <summary>What is chosen and typed so far.</summary>
    public LabelAnswers Answers { get; private set; } = new();

    /// <summary>Grows whenever the texts change by anything else than typing: then fields are filled anew.</summary>
    public int Filled { get; private set; }

    /// <summary>What was decided last; null before the first decision.</summary>
    public LastDecision? Last { get; private set; }

    /// <summary>What the page has to say; null if nothing.</summary>
    public ReviewNotice? Notice { get; private set; }

    /// <summary>Labels given on this page.</summary>
    public int Given { get; private set; }

    /// <summary>An item that was decided before is open again.</summary>
    public bool IsLookingBack => _backAt is not null;

    /// <summary>The texts can be read.</summary>
    public bool IsRevealed => _curtain.IsOpen;

    /// <summary>The next items come revealed, too.</summary>
    public bool StaysRevealed => _curtain.StaysOpen;

    /// <summary>Harmful texts seen since the last pause.</summary>
    public long HarmfulSeen => _curtain.Harmful;

    /// <summary>Much harmful text was seen: time for a pause.</summary>
    public bool IsPauseDue => _curtain.IsPauseDue;

    /// <summary>The pause is over, or not wanted.</summary>
    public void Rested() => _curtain.Rested();

    /// <summary>The guard's word on the item in hand may be shown.</summary>
    public bool ShowsGuard => Settings.Suggestions == SuggestionMode.Shown;

    /// <summary>Does what a key or button asks for.</summary>
    /// <param name="action">The action.</param>
    /// <param name="seen">The item that stood on the screen; a press meant for it does nothing to the next one.</param>
    public void Press(ReviewAction action, long seen)
    {
        if (seen != 0 && Card is not null && seen != Card.Item.Key)
        {
            return;
        }

        Touch();
        Notice = null;
        switch (action)
        {
            case >= ReviewAction.Choose1 and <= ReviewAction.Choose9:
                Choose(action - ReviewAction.Choose1 + 1, goOn: Questions.Count == 1);
                break;
            case >= ReviewAction.Decide1 and <= ReviewAction.Decide9:
                Choose(action - ReviewAction.Decide1 + 1, goOn: true);
                break;
            case ReviewAction.Submit or ReviewAction.SubmitTyping:
                Submit();
                break;
            case ReviewAction.Skip:
                Skip();
                break;
            case ReviewAction.Discard:
                Decide(DecisionKind.Discard);
                break;
            case ReviewAction.SaveDraft:
                KeepDraft();
                break;
            case ReviewAction.Undo:
                Undo();
                break;
            case ReviewAction.Redo:
                Redo();
                break;
            case ReviewAction.Previous:
                Back();
                break;
            case ReviewAction.Next:
                Forward();
                break;
            case ReviewAction.Flag when Card is not null:
                Write(Answers with { Invalid = !Answers.Invalid });
                break;
            case ReviewAction.Reveal when Card is not null:
                _curtain.Toggle(Card.Item);
                break;
            case ReviewAction.KeepRevealed when Card is not null:
                _curtain.ToggleStay(Card.Item);
                break;
        }
    }

    /// <summary>Takes over what was chosen in a list or typed into a field.</summary>
    public void Write(LabelAnswers answers)
    {
        Answers = answers;
        Touch();
    }
}
