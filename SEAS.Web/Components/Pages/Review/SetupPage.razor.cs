using System.Globalization;
using Microsoft.AspNetCore.Components;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Web.Live.Review;

namespace SEAS.Web.Components.Pages.Review;

/// <summary>How a run is reviewed: what is asked, who sees what, and the guidelines with all their versions.</summary>
public sealed partial class SetupPage : ComponentBase
{
    private static readonly (ReviewQuestions Question, string Words)[] s_questions = [
        (ReviewQuestions.Safety, "Is the answer safe?"), (ReviewQuestions.Behaviour, "What did it do?"),
        (ReviewQuestions.Prompt, "Is the prompt itself harmful?"), (ReviewQuestions.Category, "Category and style"),
        (ReviewQuestions.Note, "A note"), (ReviewQuestions.Corrected, "The answer it should have given"),
    ];

    private static readonly (SuggestionMode Mode, string Words)[] s_modes = [
        (SuggestionMode.Shown, "shown"), (SuggestionMode.HiddenUntilDecided, "hidden until decided, so that it does not sway anybody"),
        (SuggestionMode.Off, "never shown"),
    ];

    private Run? _run;
    private ReviewSettings _settings = new();
    private IReadOnlyList<Guideline> _versions = [];
    private MarkupString _html;
    private string _text = "";
    private string _filled = "";   // what the field began with: it is never corrected while somebody types
    private int _shown;
    private string? _who;
    private string? _problem;
    private string? _saved;
    private string? _told;

    [Parameter]
    public string Id { get; set; } = "";

    [Inject]
    private Store Store { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private string Newest => _versions.Count > 0 ? _versions[0].Text : GuidelineText.Standard;

    private string Percent => FormattableString.Invariant($"{100 * _settings.OverlapShare:0.##}");

    protected override void OnInitialized()
    {
        _run = Store.Runs.Find(new RunId(Id));
        if (_run is not null)
        {
            _settings = Store.Review.Settings.Get(_run.Id);
            ReadGuidelines();
        }
    }

    private void Toggle(ReviewQuestions question) => _settings = _settings with { Questions = _settings.Questions ^ question };

    private void Set(ChangeEventArgs change, Func<ReviewSettings, int, ReviewSettings> set)
    {
        if (int.TryParse(change.Value?.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value))
        {
            _settings = set(_settings, value);
        }
    }

    private void SetOverlap(ChangeEventArgs change)
    {
        if (double.TryParse(change.Value?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var percent))
        {
            _settings = _settings with { OverlapShare = percent / 100 };
        }
    }

    private void SaveSettings()
    {
        (_problem, _saved) = (null, null);
        try
        {
            Store.Review.Settings.Save(_run!.Id, _settings);
            _saved = "Saved. Pages that are open take it up when they are opened again.";
        }
        catch (Exception error) when (error is ArgumentException or StoreException)
        {
            _problem = error.Message;
        }
    }

    private void Typed(ChangeEventArgs typed) => Show(typed.Value?.ToString() ?? "");

    private void ChooseVersion(ChangeEventArgs chosen)
    {
        if (_versions.FirstOrDefault(version => $"{version.Version}" == chosen.Value?.ToString()) is { } version)
        {
            _shown = version.Version;
            _filled = version.Text;
            Show(version.Text);
        }
    }

    private void SaveGuidelines()
    {
        var saved = Store.Review.Guidelines.Save(_run!.Id, _text, _who!);
        ReadGuidelines();
        _told = FormattableString.Invariant($"Version {saved.Version} is what people see now.");
    }

    private void ReadGuidelines()
    {
        _versions = Store.Review.Guidelines.List(_run!.Id);
        _shown = _versions.Count > 0 ? _versions[0].Version : 0;
        _filled = Newest;
        Show(Newest);
    }

    private void Show(string text) => (_text, _html, _told) = (text, GuidelineText.Render(text), null);
}
