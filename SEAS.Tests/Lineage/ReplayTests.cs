using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;
using SEAS.Tests.Architecture.Planted.First;
using SEAS.Training.Lineage;

namespace SEAS.Tests.Lineage;

public sealed class ReplayTests(TracedRun traced) : IClassFixture<TracedRun>
{
    [Theory]
    [InlineData("r1/s3")]
    [InlineData("r2/s3/p1/a2")]
    [InlineData("r1/s5/p2/a0/verdict")]
    [InlineData("r2/target/1")]
    [InlineData("r2/target/step/3")]
    [InlineData("label/1")]
    public void What_is_made_again_from_what_was_recorded_is_equal(string place)
    {
        var replay = Again(RowId.Parse($"{traced.Run}/{place}"));

        Assert.True(replay.IsEqual, string.Join('\n', replay.Findings.Where(finding => !finding.IsEqual)));
        Assert.NotEmpty(replay.Findings);
        Assert.All(replay.Company, sentence => Assert.Matches(@"(\d+) of \1 rows are equal|were chosen again", sentence));
    }

    [Fact]
    public void Tuning_again_gives_the_same_weights_to_the_bit()
    {
        var finding = Assert.Single(Again(RowId.Parse($"{traced.Run}/target-2")).Findings);

        Assert.True(finding.IsEqual, finding.ToString());
        Assert.Equal(traced.Store.Checkpoints.Find(traced.Run, ModelRole.Target, 2)!.Sha256, finding.Again);
    }

    [Fact]
    public void Whatever_was_changed_afterwards_is_noticed()
    {
        using var changed = new TracedRun();
        const string One = "WHERE round = 1 AND seed_index = 3 AND prompt_index = 2 AND answer_index = 2;";
        changed.Alter($"UPDATE responses SET text = 'Something else.' {One}");
        changed.Alter($"UPDATE verdicts SET score = score / 2 {One}");
        changed.Alter("UPDATE pairs SET chosen = 'Something else.' WHERE round = 1 AND role = 'Target' AND idx = 0;");
        changed.Alter("UPDATE tuning_steps SET pairs = '[0]' WHERE round = 1 AND role = 'Target' AND step = 2;");

        Assert.Equal(
            [$"{changed.Run}/r1/s3/p2/a2", $"{changed.Run}/r1/s3/p2/a2/verdict"],
            changed.Differences($"{changed.Run}/r1/s3/p2/a2"));
        Assert.Contains($"{changed.Run}/r1/target/0", changed.Differences($"{changed.Run}/r1/target/0"));
        Assert.Equal([$"{changed.Run}/r1/target/step/2"], changed.Differences($"{changed.Run}/r1/target/step/2"));
        Assert.Equal([$"{changed.Run}/target-1"], changed.Differences($"{changed.Run}/target-1"));
    }

    private ReplayReport Again(RowId id) => Replay.Of(traced.Store, LineageReader.Of(traced.Store, id), CancellationToken.None);
}
