namespace SEAS.Web.Live.Review;

/// <summary>One line of the key table.</summary>
/// <param name="Action">What happens.</param>
/// <param name="Words">The same in words.</param>
/// <param name="Group">Where the sheet lists it.</param>
/// <param name="Chords">What asks for it; the first is shown beside buttons.</param>
/// <param name="InFields">Heard while somebody types, too.</param>
/// <param name="Field">The field that takes the focus at once, without asking the server.</param>
public sealed record KeyBinding(
    ReviewAction Action, string Words, KeyGroup Group, IReadOnlyList<KeyChord> Chords, bool InFields = false, string? Field = null)
{
    /// <summary>Whether a person may give it another key.</summary>
    public bool IsFixed => Action == ReviewAction.Leave || Group == KeyGroup.DecideAtOnce;
}

/// <summary>The parts of the key sheet, in their order.</summary>
public enum KeyGroup
{
    /// <summary>Label keys.</summary>
    Choose,

    /// <summary>Label keys that also go on.</summary>
    DecideAtOnce,

    /// <summary>What ends the work on an item.</summary>
    Decide,

    /// <summary>From one item or question to another.</summary>
    Move,

    /// <summary>What is shown and written.</summary>
    Look,
}
