using SEAS.Training.Serving;

namespace SEAS.Tests.Serving;

public sealed class StopTextFilterTests
{
    [Theory]
    [InlineData(new[] { "END" }, new[] { "abc", "E", "N", "x", "END", "more" }, "abcENx", true)]
    [InlineData(new[] { "END" }, new[] { "abEN" }, "abEN", false)]
    [InlineData(new[] { "bc", "d" }, new[] { "a", "b", "d" }, "ab", true)]
    [InlineData(new[] { "aab" }, new[] { "a", "a", "a", "b" }, "a", true)]
    [InlineData(new string[0], new[] { "a", "b" }, "ab", false)]
    public void What_comes_before_the_first_stop_is_passed_on(string[] stops, string[] pieces, string expected, bool stopped)
    {
        var filter = new StopTextFilter(stops);
        var passed = string.Concat(pieces.Select(filter.Push)) + filter.Flush();

        Assert.Equal((expected, stopped), (passed, filter.IsStopped));
    }

    [Fact]
    public void Nothing_of_a_stop_is_passed_on_early()
    {
        var filter = new StopTextFilter(["###"]);

        Assert.Equal("a", filter.Push("a#"));
        Assert.Equal("", filter.Push("#"));
        Assert.Equal("##b", filter.Push("b"));
    }
}
