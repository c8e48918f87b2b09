using SEAS.Training.Review;
using SEAS.Web.Live.Review;

namespace SEAS.Tests.Web.Review;

public sealed class KeyTableTests
{
    [Theory]
    [InlineData("1", ReviewAction.Choose1)]
    [InlineData("9", ReviewAction.Choose9)]
    [InlineData("Shift+2", ReviewAction.Decide2)]
    [InlineData("Enter", ReviewAction.Submit)]
    [InlineData("Control+Enter", ReviewAction.SubmitTyping)]
    [InlineData("Space", ReviewAction.Skip)]
    [InlineData("Backspace", ReviewAction.Discard)]
    [InlineData("U", ReviewAction.Undo)]
    [InlineData("Control+Z", ReviewAction.Undo)]
    [InlineData("Control+Shift+Z", ReviewAction.Redo)]
    [InlineData("Control+S", ReviewAction.SaveDraft)]
    [InlineData("ArrowLeft", ReviewAction.Previous)]
    [InlineData("K", ReviewAction.Previous)]
    [InlineData("ArrowRight", ReviewAction.Next)]
    [InlineData("J", ReviewAction.Next)]
    [InlineData("E", ReviewAction.Corrected)]
    [InlineData("N", ReviewAction.Note)]
    [InlineData("F", ReviewAction.Flag)]
    [InlineData("R", ReviewAction.Reveal)]
    [InlineData("?", ReviewAction.Sheet)]
    [InlineData("Escape", ReviewAction.Leave)]
    public void The_keys_are_those_that_annotators_know(string chord, ReviewAction expected) =>
        Assert.Equal(expected, KeyTable.Standard.Find(KeyChord.Parse(chord)));

    [Fact]
    public void No_key_means_two_things_and_no_action_is_without_a_key()
    {
        var chords = KeyTable.Standard.Bindings.SelectMany(binding => binding.Chords).ToList();

        Assert.Equal(chords.Count, chords.Distinct().Count());
        Assert.Equal(Enum.GetValues<ReviewAction>().Order(), KeyTable.Standard.Bindings.Select(binding => binding.Action).Order());
        Assert.All(KeyTable.Standard.Bindings, binding => Assert.NotEmpty(binding.Chords));
    }

    [Fact]
    public void Only_keys_with_control_and_escape_are_heard_while_typing() =>
        Assert.All(
            KeyTable.Standard.Bindings.Where(binding => binding.InFields).SelectMany(binding => binding.Chords),
            chord => Assert.True(chord.Control || chord.Key == "Escape", chord.ToString()));

    [Fact]
    public void A_chord_reads_what_it_writes()
    {
        foreach (var chord in KeyTable.Standard.Bindings.SelectMany(binding => binding.Chords))
        {
            Assert.Equal(chord, KeyChord.Parse(chord.ToString()));
        }

        Assert.Equal("U Control+Z", KeyTable.Standard.Aria(ReviewAction.Undo));
        Assert.Equal(["Ctrl", "Shift", "Z"], KeyTable.Standard[ReviewAction.Redo].Chords[0].Caps);
    }

    [Fact]
    public void A_person_gives_an_action_another_key_and_finds_it_again()
    {
        var changed = KeyTable.Standard.With(ReviewAction.Skip, KeyChord.Parse("x"), out var problem);

        Assert.Null(problem);
        Assert.Equal(ReviewAction.Skip, changed.Find(new KeyChord("X")));
        Assert.Null(changed.Find(new KeyChord("Space")));
        Assert.Equal("""{"Skip":"X"}""", changed.ToJson());
        Assert.Equal(changed.Aria(ReviewAction.Skip), KeyTable.FromJson(changed.ToJson()).Aria(ReviewAction.Skip));
    }

    [Theory]
    [InlineData(ReviewAction.Skip, "1", "1 already means \"label 1\". Change that first.")]
    [InlineData(ReviewAction.Note, "R", "R already means \"show or blur the texts\". Change that first.")]
    [InlineData(ReviewAction.Skip, "Tab", "Tab belongs to the browser. Take another key.")]
    [InlineData(ReviewAction.SaveDraft, "X", "\"save as draft\" also works while typing, so its key needs Ctrl.")]
    [InlineData(ReviewAction.Leave, "X", "\"leave a field, close\" keeps its key.")]
    public void A_key_that_cannot_be_had_is_refused_with_the_reason(ReviewAction action, string chord, string expected)
    {
        var table = KeyTable.Standard.With(action, KeyChord.Parse(chord), out var problem);

        Assert.Equal(expected, problem);
        Assert.Same(KeyTable.Standard, table);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"NoSuchAction":"X"}""")]
    [InlineData("""{"Skip":"1"}""")]
    public void Saved_keys_that_cannot_be_used_leave_the_standard_ones(string? json) =>
        Assert.Equal("{}", KeyTable.FromJson(json).ToJson());
}
