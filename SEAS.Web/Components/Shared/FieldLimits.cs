namespace SEAS.Web.Components.Shared;

/// <summary>How long a text may be that somebody types or pastes into a page, and what a page may send for it.</summary>
/// <remarks>A field that is given too much by a paste takes none of it and says so (wwwroot/js/start.js); it is never cut without a word.</remarks>
internal static class FieldLimits
{
    /// <summary>Letters of the answer that a model should have given.</summary>
    public const int Corrected = 100_000;

    /// <summary>Letters of a note or a reason.</summary>
    public const int Note = 4_000;

    /// <summary>Letters of guidelines, and of every field that names no limit of its own.</summary>
    public const int Text = 200_000;

    /// <summary>The largest message from a page, in bytes.</summary>
    /// <remarks>
    /// A field sends its whole text at each letter, written in JSON: six bytes a letter at most. SignalR's own limit of 32 KiB would end the
    /// connection at one paste, and take the page with it.
    /// </remarks>
    public const int Message = 2 << 20;
}
