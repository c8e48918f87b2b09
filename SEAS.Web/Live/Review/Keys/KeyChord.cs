namespace SEAS.Web.Live.Review;

/// <summary>A key, with what is held down beside it; written as in <c>aria-keyshortcuts</c>: <c>Control+Shift+Z</c>.</summary>
/// <param name="Key">A capital letter, a digit, <c>Space</c>, or what browsers call it: <c>Enter</c>, <c>ArrowUp</c>, <c>?</c>.</param>
/// <param name="Control">With Control, or Command on a Mac.</param>
/// <param name="Shift">With Shift. Signs such as <c>?</c> need none: which key brings them differs by keyboard.</param>
public readonly record struct KeyChord(string Key, bool Control = false, bool Shift = false)
{
    private const string ControlPart = "Control+";
    private const string ShiftPart = "Shift+";

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static KeyChord Parse(string text)
    {
        var control = text.StartsWith(ControlPart, StringComparison.Ordinal);
        var rest = control ? text[ControlPart.Length..] : text;
        var shift = rest.StartsWith(ShiftPart, StringComparison.Ordinal);
        rest = shift ? rest[ShiftPart.Length..] : rest;
        return new KeyChord(rest.Length == 1 ? rest.ToUpperInvariant() : rest, control, shift);
    }

    /// <summary>The parts as they stand on keycaps: <c>Ctrl</c>, <c>⇧</c>, <c>←</c>.</summary>
    public IReadOnlyList<string> Caps
    {
        get
        {
            string?[] parts = [Control ? "Ctrl" : null, Shift ? "Shift" : null, Cap(Key)];
            return [.. parts.OfType<string>()];
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{(Control ? ControlPart : "")}{(Shift ? ShiftPart : "")}{Key}";

    private static string Cap(string key) => key switch
    {
        "ArrowLeft" => "←",
        "ArrowRight" => "→",
        "ArrowUp" => "↑",
        "ArrowDown" => "↓",
        "Escape" => "Esc",
        "Backspace" => "Bksp",
        _ => key,
    };
}
