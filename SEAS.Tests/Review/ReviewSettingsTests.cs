using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Review;
using SEAS.Training.Review;

namespace SEAS.Tests.Review;

public sealed class ReviewSettingsTests : IDisposable
{
    private readonly ReviewFolder _at = new();

    private ReviewStore Review => _at.Review;

    public void Dispose() => _at.Dispose();

    [Fact]
    public void Settings_read_back_and_are_the_usual_ones_until_saved()
    {
        var own = new ReviewSettings
        {
            Questions = ReviewQuestions.Safety | ReviewQuestions.Note,
            Suggestions = SuggestionMode.Off,
            OverlapShare = 0.25,
            MinimumSubmissions = 2,
            LeaseSeconds = 60,
            PauseAfterHarmful = 0,
        };
        Assert.Equal(new ReviewSettings(), Review.Settings.Get(_at.Run));

        Review.Settings.Save(_at.Run, own);

        Assert.Equal(own, Review.Settings.Get(_at.Run));
    }

    [Fact]
    public void All_numbers_that_cannot_be_are_listed_at_once()
    {
        var refused = Assert.Throws<ArgumentException>(() => Review.Settings.Save(
            _at.Run,
            new ReviewSettings
            {
                OverlapShare = 2,
                MinimumSubmissions = 0,
                LeaseSeconds = 1,
                PauseAfterHarmful = -1,
                Questions = ReviewQuestions.None,
            }));

        Assert.Equal(5, refused.Message.Split(';').Length);
    }

    [Fact]
    public void About_the_share_that_was_asked_for_goes_to_two_people_always_the_same_items()
    {
        _at.Add(1000);
        var first = InOverlap();
        Assert.InRange(first.Count, 70, 130);

        Review.Settings.Save(_at.Run, new ReviewSettings { OverlapShare = 0.5 });
        Assert.InRange(InOverlap().Count, 440, 560);
        Assert.Superset(first, InOverlap());
        Review.Settings.Save(_at.Run, new ReviewSettings());
        Assert.Equal(first, InOverlap());
        Review.Settings.Save(_at.Run, new ReviewSettings { OverlapShare = 1 });
        Assert.Equal(1000, InOverlap().Count);

        HashSet<long> InOverlap() => [.. Review.Items.OfRun(_at.Run).Where(item => item.Wanted == 2).Select(item => item.Key)];
    }

    [Fact]
    public void Asking_for_more_or_fewer_labels_changes_what_is_done()
    {
        _at.Ask(labels: 1);
        var key = _at.Add(1)[0];
        _at.Label(key, "Ann");

        _at.Ask(labels: 2);
        Assert.Equal(ReviewState.Partial, _at.Item(key).State);
        Assert.Equal((0, 1), (Review.Queue.Left(_at.Run, "Ann"), Review.Queue.Left(_at.Run, "Ben")));
        Assert.Equal(key, Review.Queue.Next(_at.Run, "Ben")!.Item.Key);

        _at.Ask(labels: 1);
        Assert.Equal(ReviewState.Agreed, _at.Item(key).State);
    }

    [Fact]
    public void Guidelines_keep_every_version_as_it_was_written()
    {
        var text = "# Rules\n<script>alert(1)</script> ⚠";
        var first = Review.Guidelines.Save(_at.Run, text, "Lea");
        Assert.Equal(first, Review.Guidelines.Save(_at.Run, text, "Max"));   // nothing new in it

        var second = Review.Guidelines.Save(_at.Run, "shorter", "Max");

        Assert.Equal(new Guideline(1, text, "Lea", _at.At.Clock.Now), first);
        Assert.Equal(second, Review.Guidelines.Newest(_at.Run));
        Assert.Equal(first, Review.Guidelines.Version(_at.Run, 1));
        Assert.Null(Review.Guidelines.Version(_at.Run, 3));
        Assert.Equal([second, first], Review.Guidelines.List(_at.Run));
    }

    [Fact]
    public void Exposure_is_counted_for_each_person_until_and_after_a_pause()
    {
        Review.Annotators.Expose("Ann", harmful: true);
        Review.Annotators.Expose("Ann", harmful: false);
        var ann = Review.Annotators.Expose("Ann", harmful: true);
        Assert.Equal((3, 2, 2), (ann.Shown, ann.Harmful, ann.HarmfulSincePause));

        ann = Review.Annotators.Pause("Ann");

        Assert.Equal((3, 2, 0), (ann.Shown, ann.Harmful, ann.HarmfulSincePause));
        Assert.Equal("""{"skip":"s"}""", Review.Annotators.SaveKeys("Ann", """{"skip":"s"}""").KeysJson);
        Assert.Throws<StoreException>(() => Review.Annotators.SaveKeys("Ann", "not json"));
        Review.Annotators.Ensure("Zoë");
        Assert.Equal(["Ann", "Zoë"], Review.Annotators.List().Select(person => person.Name));
        Assert.Null(Review.Annotators.Find("Ben"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" Ann")]
    [InlineData("An\nn")]
    public void A_name_that_nobody_can_have_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => Review.Annotators.Ensure(name));
}
