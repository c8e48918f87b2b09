using SEAS.Data.Contracts.Review;
using SEAS.Data.Review.Settings;
using SEAS.Training.Review;

namespace SEAS.Web.Live.Review;

/// <summary>Texts are blurred until somebody asks for them; what was seen is counted, and after much of it a pause is suggested.</summary>
internal sealed class ContentBlur(AnnotatorRepository annotators, string name)
{
    private long _seen;
    private long _harmful = annotators.Ensure(name).HarmfulSincePause;

    /// <summary>After so many harmful texts a pause is suggested; 0: never.</summary>
    public int PauseAfter { get; set; }

    /// <summary>Whether the texts of the item in hand can be read.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>The next items come revealed, too.</summary>
    public bool StaysOpen { get; private set; }

    /// <summary>Harmful texts seen since the last pause.</summary>
    public long Harmful => _harmful;

    /// <summary>It is time for a pause.</summary>
    public bool IsPauseDue => PauseAfter > 0 && _harmful >= PauseAfter;

    /// <summary>Another item is in hand.</summary>
    public void Show(ReviewItem? item)
    {
        IsOpen = false;
        if (StaysOpen && !IsPauseDue && item is not null)
        {
            Open(item);
        }
    }

    public void Toggle(ReviewItem item)
    {
        if (IsOpen)
        {
            (IsOpen, StaysOpen) = (false, false);
        }
        else
        {
            Open(item);
        }
    }

    public void ToggleStay(ReviewItem item)
    {
        StaysOpen = !StaysOpen;
        if (StaysOpen)
        {
            Open(item);
        }
    }

    /// <summary>Somebody rested.</summary>
    public void Rested() => _harmful = annotators.Pause(name).HarmfulSincePause;

    private void Open(ReviewItem item)
    {
        IsOpen = true;
        if (_seen == item.Key)
        {
            return;   // counted once, however often it is looked at
        }

        _seen = item.Key;
        // An answer that nobody has scored may be anything.
        _harmful = annotators.Expose(name, harmful: item.Unsafe ?? true).HarmfulSincePause;
    }
}
