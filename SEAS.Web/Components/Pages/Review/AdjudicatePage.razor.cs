using Microsoft.AspNetCore.Components;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Training.Review;
using SEAS.Web.Components.Pages.Review.Labelling;
using SEAS.Web.Live;
using SEAS.Web.Live.Review;

namespace SEAS.Web.Components.Pages.Review;

/// <summary>Where a lead settles what people label differently.</summary>
public sealed partial class AdjudicatePage : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private Task _watching = Task.CompletedTask;
    private ReviewKeys? _listener;
    private Run? _run;
    private AdjudicationSession? _session;
    private ReviewProgress _progress = ReviewProgress.Unknown;
    private KeyTable _keys = KeyTable.Standard;

    [Parameter]
    public string Id { get; set; } = "";

    [Inject]
    private Store Store { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private string Line => _progress.Conflicts switch
    {
        0 => "no conflicts",
        1 => "one conflict",
        var many => FormattableString.Invariant($"{many} conflicts"),
    };

    private string Overlap => FormattableString.Invariant(
        $"{100 * _session!.Settings.OverlapShare:0.#} % of the items go to two people; the set-up page says how many.");

    protected override void OnInitialized() => _run = Store.Runs.Find(new RunId(Id));

    private void Begin(string lead)
    {
        _keys = KeyTable.FromJson(Store.Review.Annotators.Ensure(lead).KeysJson);
        _session = new AdjudicationSession(Store, _run!.Id, lead, Clock);
        _progress = ReviewProgress.Of(Store, _run.Id, lead);
        _watching = WatchAsync(lead, _leaving.Token);
    }

    private async Task WatchAsync(string lead, CancellationToken leaving)
    {
        try
        {
            await ReviewWatch.FollowAsync(Store, _run!.Id, Clock, () => ReadAsync(lead), leaving);
        }
        catch (Exception error)
        {
            await DispatchExceptionAsync(error);
        }
    }

    private async Task ReadAsync(string lead)
    {
        var progress = await Task.Run(() => ReviewProgress.Of(Store, _run!.Id, lead));
        await InvokeAsync(() =>
        {
            _progress = progress;
            _session!.Read();
            StateHasChanged();
        });
    }

    private Task PressAsync(ReviewAction action) => PressAsync(action, seen: 0);

    private async Task PressAsync(ReviewAction action, long seen)
    {
        var before = _session!.Item?.Key;
        _session.Press(action, seen);
        _progress = ReviewProgress.Of(Store, _run!.Id, _session.Lead);
        if (before != _session.Item?.Key && _listener is not null)
        {
            await _listener.ForgetAsync();
        }
    }

    private void Restore(KeptText kept) =>
        _session!.Restore(kept.Item, kept.Texts.GetValueOrDefault("note"), kept.Texts.GetValueOrDefault("corrected"));

    private void Because(ChangeEventArgs typed) => _session!.Reason = typed.Value?.ToString() ?? "";

    private void Correct(ChangeEventArgs typed) => _session!.Corrected = typed.Value?.ToString() ?? "";

    private static string Word(QuestionView question, LabelAnswers answers) =>
        question.Choices.FirstOrDefault(choice => choice.IsChosen(answers))?.Words ?? "–";

    private bool Differs(QuestionView question) =>
        _session!.Said.Select(decision => Word(question, decision.Answers)).Where(word => word != "–").Distinct().Count() > 1;

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _watching;
        _leaving.Dispose();
    }
}
