using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;

namespace SEAS.Tests.Lineage;

public sealed class RowIdTests
{
    private static readonly RunId s_run = new("embedded-1-2");

    public static TheoryData<string, RowId> Known => new()
    {
        { "embedded-1-2/r1/s12", new SeedId(s_run, 1, 12) },
        { "embedded-1-2/r1/s12/p0", new PromptId(s_run, 1, 12, 0) },
        { "embedded-1-2/r1/s12/p0/a2", new AnswerId(s_run, 1, 12, 0, 2) },
        { "embedded-1-2/r1/s12/p0/a2/verdict", new VerdictId(new AnswerId(s_run, 1, 12, 0, 2)) },
        { "embedded-1-2/label/9000000000", new LabelId(s_run, 9_000_000_000) },
        { "embedded-1-2/r1/red/17", new PairId(s_run, 1, ModelRole.Red, 17) },
        { "embedded-1-2/r10/target/3", new PairId(s_run, 10, ModelRole.Target, 3) },
        { "embedded-1-2/r1/target/step/40", new StepId(s_run, 1, ModelRole.Target, 40) },
        { "embedded-1-2/target-1", new CheckpointId(s_run, ModelRole.Target, 1) },
        { "embedded-1-2/red-0", new CheckpointId(s_run, ModelRole.Red, 0) },
        { "embedded-1-2/r1/general/5", new GeneralRowId(s_run, 1, ModelRole.Target, 5) },
        { "embedded-1-2/r1/red/general/5", new GeneralRowId(s_run, 1, ModelRole.Red, 5) },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void Each_kind_of_row_has_one_text(string text, RowId id)
    {
        Assert.Equal(text, id.ToString());
        Assert.Equal(id, RowId.Parse(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("embedded-1")]
    [InlineData("/r1/s12")]
    [InlineData("embedded-1/")]
    [InlineData("embedded-1/r1")]
    [InlineData("embedded-1/r1/s012")]
    [InlineData("embedded-1/r1/s-1")]
    [InlineData("embedded-1/r1/s+1")]
    [InlineData("embedded-1/r1/s")]
    [InlineData("embedded-1/r1/s1/p0/a2/verdict/more")]
    [InlineData("embedded-1/r1/s1/p0/a99999999999")]
    [InlineData("embedded-1/r1/guard/1")]
    [InlineData("embedded-1/r1/target/general/1")]
    [InlineData("embedded-1/guard-1")]
    [InlineData("embedded-1/Target-1")]
    [InlineData("embedded-1/label/99999999999999999999")]
    public void Nothing_else_is_an_id(string text)
    {
        Assert.Null(RowId.TryParse(text));
        Assert.Contains("RUN/r1/s12/p0/a2", Assert.Throws<FormatException>(() => RowId.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_names_what_it_came_from()
    {
        var verdict = Assert.IsType<VerdictId>(RowId.Parse("embedded-1/r1/s12/p0/a2/verdict"));

        Assert.Equal("embedded-1/r1/s12/p0/a2", verdict.On.ToString());
        Assert.Equal("embedded-1/r1/s12/p0", verdict.On.To.ToString());
        Assert.Equal("embedded-1/r1/s12", verdict.On.To.From.ToString());
        Assert.Equal("embedded-1/r1/s12/p3/a4", verdict.On.To.From.Prompt(3).Answer(4).ToString());
    }
}
