using SEAS.Training.Text.Templates.Reading;

namespace SEAS.Web.Live.Review;

/// <summary>What a key or a button on the labelling page asks for.</summary>
public enum ReviewAction
{
    /// <summary>Choose label 1; the other labels follow in order.</summary>
    Choose1, Choose2, Choose3, Choose4, Choose5, Choose6, Choose7, Choose8, Choose9,

    /// <summary>Choose label 1, submit and go on; the other labels follow in order.</summary>
    Decide1, Decide2, Decide3, Decide4, Decide5, Decide6, Decide7, Decide8, Decide9,

    /// <summary>Submit and go on.</summary>
    Submit,

    /// <summary>The same, also from a field.</summary>
    SubmitTyping,

    /// <summary>Leave the item to others.</summary>
    Skip,

    /// <summary>The item is of no use to anybody.</summary>
    Discard,

    /// <summary>Keep what is chosen and typed so far.</summary>
    SaveDraft,

    /// <summary>Take the last decision back and see its item again.</summary>
    Undo,

    /// <summary>Submit again what was taken back.</summary>
    Redo,

    /// <summary>The item before this one.</summary>
    Previous,

    /// <summary>Back to where the work goes on.</summary>
    Next,

    /// <summary>The question above.</summary>
    QuestionUp,

    /// <summary>The question below.</summary>
    QuestionDown,

    /// <summary>Write the answer that should have been given.</summary>
    Corrected,

    /// <summary>Write a note.</summary>
    Note,

    /// <summary>The prompt is invalid: it drops out.</summary>
    Flag,

    /// <summary>Show or blur the texts of this item.</summary>
    Reveal,

    /// <summary>Show the texts of this and the next items, or stop doing so.</summary>
    KeepRevealed,

    /// <summary>Look at the near-duplicates of this item.</summary>
    Group,

    /// <summary>Show or hide the guidelines.</summary>
    Guidelines,

    /// <summary>Show or hide the list of keys.</summary>
    Sheet,

    /// <summary>Leave a field, or close what is open.</summary>
    Leave,
}
