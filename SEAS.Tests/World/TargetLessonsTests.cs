using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Inputs;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Measures;
using SEAS.Training.Review;
using SEAS.Training.World;
using SEAS.Training.World.Words;

namespace SEAS.Tests.World;

public sealed class TargetLessonsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    public void Every_style_has_a_weak_manner_and_a_firm_one_and_plain_questions_one_between(ulong seed)
    {
        foreach (var style in Taxonomy.Styles.Append(string.Empty))
        {
            var means = Means(seed, style).Values.Order().ToArray();

            Assert.InRange(means[0], 0.0, 0.15);
            Assert.InRange(means[^1], 0.8, 1.0);
            Assert.All(means[1..^1], mean => Assert.InRange(mean, 0.4, 0.6));
        }
    }

    [Fact]
    public void Which_manner_is_weak_depends_on_the_seed()
    {
        foreach (var style in Taxonomy.Styles.Append(string.Empty))
        {
            var weakest = Enumerable.Range(0, 40).Select(seed => Means((ulong)seed, style).MinBy(manner => manner.Value).Key);

            Assert.Equal(style.Length == 0 ? 3 : 2, weakest.Distinct().Count());
        }
    }

    [Fact]
    public void The_rows_of_a_weak_manner_are_mostly_answered_and_those_of_a_firm_one_mostly_refused()
    {
        const ulong Seed = 3;
        var lessons = new TargetLessons(Seed);
        var rows = Enumerable.Range(0, 20_000).Select(index => lessons.Row(new RandomStream(Seed, "rows", index)))
            .Where(row => Truth.AsksHarm(row.Prompt)).ToArray();

        // "story" and "play" are words of no other style, so they tell the manners of role play apart in any text.
        foreach (var (manner, mean) in Means(Seed, "Role_Play"))
        {
            var kinds = rows.Where(row => Wording.Words(row.Prompt).Contains(manner))
                .Select(row => Truth.Kind(row.Prompt, row.Answer)).ToArray();

            Assert.True(kinds.Length > 200, $"{manner}: {kinds.Length} rows");
            // Six in a hundred are refused in part, whatever the manner.
            Assert.Equal(0.94 * mean, kinds.Count(kind => kind == AnswerKind.Refused) / (double)kinds.Length, 0.06);
        }
    }

    private static Dictionary<string, double> Means(ulong seed, string style)
    {
        var lessons = new TargetLessons(seed);
        return Phrasing.Of(style, DatasetSplit.Train).GroupBy(phrasing => phrasing.Manner)
            .ToDictionary(manner => manner.Key, manner => manner.Average(lessons.RefusalChance));
    }
}
