using SEAS.Training.Engine.Recipes;

namespace SEAS.Tests.Engine.Recipes;

public sealed class TruncationTests
{
    [Fact]
    public void What_fits_stays_as_it_is()
    {
        var row = new SftExample([1, 2, 3], [4, 5], 2);

        Assert.Equivalent(row, Truncation.Fit(row, room: 5));
    }

    [Fact]
    public void A_long_prompt_loses_its_beginning()
    {
        var row = Truncation.Fit(new SftExample([1, 2, 3, 4, 5, 6], [7, 8]), room: 6);

        Assert.Equal([3, 4, 5, 6], row.Prompt);
        Assert.Equal([7, 8], row.Answer);
    }

    [Fact]
    public void A_long_answer_loses_its_end_once_the_prompt_is_down_to_half()
    {
        var row = Truncation.Fit(new SftExample([1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12]), room: 6);

        Assert.Equal([4, 5, 6], row.Prompt);
        Assert.Equal([7, 8, 9], row.Answer);
    }

    [Fact]
    public void A_short_prompt_leaves_its_share_to_the_answer()
    {
        var row = Truncation.Fit(new SftExample([1], [7, 8, 9, 10, 11, 12]), room: 5);

        Assert.Equal([1], row.Prompt);
        Assert.Equal([7, 8, 9, 10], row.Answer);
    }

    [Fact]
    public void Both_answers_of_a_pair_keep_the_same_prompt()
    {
        var pair = Truncation.Fit(new PreferenceExample([1, 2, 3, 4, 5], [6], [7, 8, 9, 10]), room: 6);

        Assert.Equal([3, 4, 5], pair.Prompt);
        Assert.Equal([6], pair.Chosen);
        Assert.Equal([7, 8, 9], pair.Rejected);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    public void Prompt_and_answer_keep_at_least_one_token_each_and_never_exceed_the_room(int room)
    {
        for (var prompt = 1; prompt < 40; prompt += 3)
        {
            for (var answer = 1; answer < 40; answer += 3)
            {
                var row = Truncation.Fit(new SftExample(new int[prompt], new int[answer]), room);
                Assert.InRange(row.Prompt.Length, 1, room - 1);
                Assert.InRange(row.Answer.Length, 1, room - row.Prompt.Length);
            }
        }
    }
}
