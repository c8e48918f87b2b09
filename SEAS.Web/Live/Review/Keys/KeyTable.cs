using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using SEAS.Training.Review;

namespace SEAS.Web.Live.Review;

/// <summary>The one table of keys: it handles them, draws the sheet and fills <c>aria-keyshortcuts</c>.</summary>
/// <remarks>Keys follow what people know from Argilla, Prodigy, Doccano, Label Studio and Langfuse.</remarks>
public sealed class KeyTable
{
    private static readonly JsonSerializerOptions s_json = new() { Converters = { new JsonStringEnumConverter() } };

    // Taken by the browser, by assistive technology or by moving through a page: no action may claim them.
    private static readonly ImmutableHashSet<string> s_reserved =
    [
        "Tab", "Shift+Tab", "Escape", "Control+W", "Control+T", "Control+N", "Control+R", "Control+L", "Control+C", "Control+V",
        "Control+X",
    ];

    private readonly ImmutableDictionary<ReviewAction, KeyBinding> _byAction;

    private KeyTable(IReadOnlyList<KeyBinding> bindings)
    {
        Bindings = bindings;
        _byAction = bindings.ToImmutableDictionary(binding => binding.Action);
    }

    /// <summary>The table before anybody changed it.</summary>
    public static KeyTable Standard { get; } = new([.. Labels(), .. Others()]);

    /// <summary>All lines, in the order of the sheet.</summary>
    public IReadOnlyList<KeyBinding> Bindings { get; }

    /// <summary>The line of an action.</summary>
    public KeyBinding this[ReviewAction action] => _byAction[action];

    /// <summary>For <c>aria-keyshortcuts</c>: all chords, separated by blanks.</summary>
    public string Aria(ReviewAction action) => string.Join(' ', this[action].Chords);

    /// <summary>What a chord asks for; null if nothing.</summary>
    public ReviewAction? Find(KeyChord chord) =>
        Bindings.FirstOrDefault(binding => binding.Chords.Contains(chord))?.Action;

    /// <summary>The table with one action on another key, or why that cannot be.</summary>
    /// <param name="action">The action.</param>
    /// <param name="chord">Its new and only key.</param>
    /// <param name="problem">What stands against it; null when done.</param>
    public KeyTable With(ReviewAction action, KeyChord chord, out string? problem)
    {
        problem = ProblemOf(action, chord);
        return problem is not null
            ? this
            : new KeyTable([.. Bindings.Select(binding => binding.Action == action ? binding with { Chords = [chord] } : binding)]);
    }

    /// <summary>What a person changed, to be kept: <c>{"Skip":"X"}</c>.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        Bindings.Where(binding => !binding.Chords.SequenceEqual(Standard[binding.Action].Chords))
            .ToDictionary(binding => binding.Action, binding => binding.Chords[0].ToString()),
        s_json);

    /// <summary>The table with what a person changed; what cannot be used any more is left at its standard key.</summary>
    public static KeyTable FromJson(string? json)
    {
        Dictionary<ReviewAction, string>? changed;
        try
        {
            changed = string.IsNullOrWhiteSpace(json) ? null : JsonSerializer.Deserialize<Dictionary<ReviewAction, string>>(json, s_json);
        }
        catch (JsonException)
        {
            changed = null;   // written by another version: the standard keys always work
        }

        return (changed ?? []).Aggregate(Standard, (table, change) => table.With(change.Key, KeyChord.Parse(change.Value), out _));
    }

    private string? ProblemOf(ReviewAction action, KeyChord chord)
    {
        var shown = string.Join('+', chord.Caps);
        if (this[action].IsFixed)
        {
            return $"\"{this[action].Words}\" keeps its key.";
        }

        if (s_reserved.Contains(chord.ToString()))
        {
            return $"{shown} belongs to the browser. Take another key.";
        }

        if (this[action].InFields && !chord.Control)
        {
            return $"\"{this[action].Words}\" also works while typing, so its key needs Ctrl.";
        }

        return Find(chord) is { } taken && taken != action ? $"{shown} already means \"{this[taken].Words}\". Change that first." : null;
    }

    private static IEnumerable<KeyBinding> Labels()
    {
        for (var number = 1; number <= 9; number++)
        {
            var digit = FormattableString.Invariant($"{number}");
            yield return new(ReviewAction.Choose1 + number - 1, $"label {digit}", KeyGroup.Choose, [new(digit)]);
            yield return new(
                ReviewAction.Decide1 + number - 1, $"label {digit}, submit and next", KeyGroup.DecideAtOnce, [new(digit, Shift: true)]);
        }
    }

    private static KeyBinding[] Others() => [
        new(ReviewAction.Submit, "submit and next", KeyGroup.Decide, [new("Enter")]),
        new(ReviewAction.SubmitTyping, "submit and next, while typing", KeyGroup.Decide, [new("Enter", Control: true)], InFields: true),
        new(ReviewAction.Skip, "skip", KeyGroup.Decide, [new("Space")]),
        new(ReviewAction.Discard, "discard", KeyGroup.Decide, [new("Backspace")]),
        new(ReviewAction.Undo, "undo", KeyGroup.Decide, [new("U"), new("Z", Control: true)]),
        new(ReviewAction.Redo, "redo", KeyGroup.Decide, [new("Z", Control: true, Shift: true)]),
        new(ReviewAction.SaveDraft, "save as draft", KeyGroup.Decide, [new("S", Control: true)], InFields: true),
        new(ReviewAction.Previous, "previous item", KeyGroup.Move, [new("ArrowLeft"), new("K")]),
        new(ReviewAction.Next, "next item", KeyGroup.Move, [new("ArrowRight"), new("J")]),
        new(ReviewAction.QuestionUp, "question above", KeyGroup.Move, [new("ArrowUp")]),
        new(ReviewAction.QuestionDown, "question below", KeyGroup.Move, [new("ArrowDown")]),
        new(ReviewAction.Leave, "leave a field, close", KeyGroup.Move, [new("Escape")], InFields: true),
        new(ReviewAction.Reveal, "show or blur the texts", KeyGroup.Look, [new("R")]),
        new(ReviewAction.KeepRevealed, "keep showing the texts", KeyGroup.Look, [new("R", Shift: true)]),
        new(ReviewAction.Corrected, "write the answer it should have given", KeyGroup.Look, [new("E")], Field: "corrected"),
        new(ReviewAction.Note, "note", KeyGroup.Look, [new("N")], Field: "note"),
        new(ReviewAction.Flag, "the prompt is invalid", KeyGroup.Look, [new("F")]),
        new(ReviewAction.Group, "look at near-duplicates", KeyGroup.Look, [new("D")]),
        new(ReviewAction.Guidelines, "guidelines", KeyGroup.Look, [new("G")]),
        new(ReviewAction.Sheet, "this list", KeyGroup.Look, [new("?")]),
    ];
}
