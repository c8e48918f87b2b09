using Microsoft.AspNetCore.Components;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Training.Review;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Plan;
using SEAS.Web.Components.Pages.Review.Labelling;
using SEAS.Web.Live.Review;

namespace SEAS.Web.Components.Pages.Review;

/// <summary>Where one person labels one run. All that it knows of labels is in <see cref="ReviewSession"/>; it draws that.</summary>
public sealed partial class LabelPage : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private Task _watching = Task.CompletedTask;
    private ReviewKeys? _listener;
    private Run? _run;
    private ReviewSession? _session;
    private ReviewProgress _progress = ReviewProgress.Unknown;
    private KeyTable _keys = KeyTable.Standard;
    private Guideline? _guideline;
    private GroupLabelling? _group;
    private ReviewAction? _changing;
    private string? _keyProblem;
    private (double Low, double High) _band;
    private double _threshold = 0.5;
    private bool _showsGuidelines;
    private bool _showsSheet;
    private bool _typed;

    [Parameter]
    public string Id { get; set; } = "";

    // A link from another page names an item.
    [SupplyParameterFromQuery(Name = "item")]
    private long? Asked { get; set; }

    [Inject]
    private Store Store { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private string Empty => _progress.Total == 0
        ? "Answers that the guard is unsure of come here when a round has been judged."
        : "Everything has the labels it needs, or is in front of somebody else. New items appear here by themselves.";

    protected override void OnInitialized()
    {
        _run = Store.Runs.Find(new RunId(Id));
        if (_run is not null)
        {
            var plan = RunPlanText.ReadKnown(_run.PlanJson);
            (_band, _threshold) = ((plan.Review.BandLow, plan.Review.BandHigh), plan.GuardThreshold);
            _guideline = Store.Review.Guidelines.Newest(_run.Id);
        }
    }

    // In scores, as the meter draws them: calibration moves the band of a round along them.
    private (double Low, double High) BandOf(ReviewCard card) =>
        card.Rule is { } rule ? new SEAS.Training.Review.CalibratedScores(rule).Band(_band) : _band;

    private void Begin(string annotator)
    {
        _keys = KeyTable.FromJson(Store.Review.Annotators.Ensure(annotator).KeysJson);
        _session = new ReviewSession(Store, _run!.Id, annotator, Clock);
        if (Asked is { } asked)
        {
            _session.Open(asked);
        }

        _progress = ReviewProgress.Of(Store, _run.Id, annotator);
        _watching = WatchAsync(_leaving.Token);
        _ = FetchAsync(_session);
    }

    private async Task WatchAsync(CancellationToken leaving)
    {
        try
        {
            await ReviewWatch.FollowAsync(Store, _run!.Id, Clock, ReadAsync, leaving);
        }
        catch (Exception error)
        {
            await DispatchExceptionAsync(error);
        }
    }

    // Beside the page, so that counting never holds up a key.
    private async Task ReadAsync()
    {
        var (run, annotator) = (_run!.Id, _session!.Annotator);
        var (progress, guideline, settings) = await Task.Run(() => (
            ReviewProgress.Of(Store, run, annotator), Store.Review.Guidelines.Newest(run), Store.Review.Settings.Get(run)));
        await InvokeAsync(() => Show(progress, guideline, settings));
    }

    private void Show(ReviewProgress progress, Guideline? guideline, ReviewSettings settings)
    {
        (_progress, _guideline) = (progress, guideline);
        _session!.Adopt(settings);
        _session.GuidelineVersion = guideline?.Version ?? 0;
        _session.LookAgain();
        StateHasChanged();
        _ = FetchAsync(_session);
    }

    private Task HeardAsync(KeyPress press) => PressAsync(press.Action, press.Item);

    private Task PressAsync(ReviewAction action) => PressAsync(action, seen: 0);

    private async Task PressAsync(ReviewAction action, long seen)
    {
        switch (action)
        {
            case ReviewAction.Sheet:
                _showsSheet = !_showsSheet;
                break;
            case ReviewAction.Guidelines:
                _showsGuidelines = !_showsGuidelines;
                break;
            case ReviewAction.Group when _session!.Card is { Waiting: > 0 } card:
                _group = new GroupLabelling(Store, card.Item, _session.Annotator, _session.GuidelineVersion);
                break;
            case ReviewAction.Leave:
                Close();
                break;
            default:
                await DecideAsync(action, seen);
                break;
        }
    }

    private async Task DecideAsync(ReviewAction action, long seen)
    {
        var before = _session!.Card?.Item.Key;
        _session.Press(action, seen);
        _ = FetchAsync(_session);
        if (_typed && before != _session.Card?.Item.Key && _listener is not null)
        {
            _typed = false;
            await _listener.ForgetAsync();
        }
    }

    private void Write(LabelAnswers answers)
    {
        _session!.Write(answers);
        _typed = true;
    }

    private void Restore(KeptText kept)
    {
        string? Text(string field) => kept.Texts.GetValueOrDefault(field) is { Length: > 0 } text ? text : null;
        _session!.Restore(kept.Item, answers => answers with
        {
            Corrected = Text("corrected") ?? answers.Corrected, Note = Text("note") ?? answers.Note,
        });
        _typed = true;
    }

    private void GroupLabelled(GroupOutcome outcome)
    {
        _group = null;
        _session!.AfterGroup(outcome);
        _ = FetchAsync(_session);
    }

    // The next items, and what labels would do, come when they come: no key waits for them, and none is drawn twice for them.
    private async Task FetchAsync(ReviewSession session)
    {
        try
        {
            await session.FillAsync();
            await session.ForeseeAsync(StateHasChanged);
        }
        catch (Exception error)
        {
            await DispatchExceptionAsync(error);
        }
    }

    private async Task ChangeKeyAsync(ReviewAction action)
    {
        (_changing, _keyProblem) = (action, null);
        await _listener!.CaptureAsync(action);
    }

    private void Captured(KeyCapture captured)
    {
        _changing = null;
        if (captured.Chord.Key != "Escape")
        {
            SaveKeys(_keys.With(captured.Action, captured.Chord, out _keyProblem));
        }
    }

    private void SaveKeys(KeyTable keys)
    {
        _keys = keys;
        Store.Review.Annotators.SaveKeys(_session!.Annotator, keys.ToJson());
    }

    private void Close() => (_showsSheet, _group, _changing, _keyProblem) = (false, null, null, null);

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _watching;
        _leaving.Dispose();
        try
        {
            _session?.Close();
        }
        catch (ObjectDisposedException)
        {
            // The server goes down: what is in hand waits in the store for its owner.
        }
    }
}
