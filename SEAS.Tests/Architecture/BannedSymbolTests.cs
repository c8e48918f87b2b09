using SEAS.Data.Contracts;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Text.Normalization;
using SEAS.Web.Composition;
using TorchSharp;
using static TorchSharp.torch;

namespace SEAS.Tests.Architecture;

public sealed class BannedSymbolTests
{
    private static readonly Rule<SourceFile> s_rule = new(
        "No source file uses what BannedSymbols.txt names",
        file => BannedSymbol.All.SelectMany(symbol => symbol.UsesIn(file)));

    private static readonly Rule<Type> s_calls = new(
        "No compiled code calls what BannedSymbols.txt names",
        type => BannedSymbol.All.SelectMany(symbol => symbol.CallsIn(type)));

    [Fact]
    public void No_banned_method_is_called() => s_calls.AssertHolds(
        [.. new[] { typeof(RunId), typeof(RandomStream), typeof(WebHost) }.SelectMany(known => known.Assembly.GetTypes())], atLeast: 200);

    [Fact]
    public void A_banned_call_is_noticed()
    {
        Assert.Throws<RuleBroken>(() => s_calls.AssertHolds([typeof(PlantedResult)], atLeast: 1));
        Assert.Throws<RuleBroken>(() => s_calls.AssertHolds([typeof(PlantedWait)], atLeast: 1));
        Assert.Throws<RuleBroken>(() => s_calls.AssertHolds([typeof(PlantedMatmul)], atLeast: 1));
        Assert.Throws<RuleBroken>(() => s_calls.AssertHolds([typeof(PlantedBaddbmm)], atLeast: 1));
    }

    [Fact]
    public void No_banned_symbol_is_used() => s_rule.AssertHolds(SourceTree.Files(".cs", ".razor"), atLeast: 60);

    [Fact]
    public void The_list_is_read_whole() => Assert.True(BannedSymbol.All.Count >= 10, $"{BannedSymbol.All.Count} symbols");

    [Theory]
    [InlineData("var now = DateTime.Now;")]
    [InlineData("var now = DateTimeOffset.UtcNow;")]
    [InlineData("task.GetAwaiter().GetResult();")]
    [InlineData("Thread.Sleep(5);")]
    [InlineData("Console.WriteLine(1);")]
    [InlineData("AnsiConsole.MarkupLine(text);")]
    [InlineData("var console = AnsiConsole.Create(new AnsiConsoleSettings());")]
    [InlineData("Console.SetOut(new StreamWriter(file));")]
    [InlineData("using var raw = Console.OpenStandardOutput();")]
    [InlineData("using var c = new SqliteConnection(text);")]
    [InlineData("var r = new Random(1);")]
    [InlineData("GC.Collect();")]
    [InlineData("var numbers = sums.cpu();")]
    [InlineData("var loss = mean.item<float>();")]
    [InlineData("var all = scores.data<float>().ToArray();")]
    [InlineData("var norm = nn.utils.clip_grad_norm_(parameters, 1.0);")]
    public void A_banned_symbol_is_noticed(string code) =>
        Assert.Throws<RuleBroken>(() => s_rule.AssertHolds([new SourceFile("SEAS.Training/Planted.cs", code)], atLeast: 1));

    [Theory]
    [InlineData("SEAS.Web/Commands/Planted.cs", "AnsiConsole.MarkupLine(text);")]
    [InlineData("SEAS.Web/Commands/Planted.cs", "Console.SetError(writer);")]
    [InlineData("SEAS.Web/Composition/Planted.cs", "Console.OpenStandardError();")]
    public void A_way_round_the_guard_of_the_terminal_is_noticed_in_commands_too(string path, string code) =>
        Assert.Throws<RuleBroken>(() => s_rule.AssertHolds([new SourceFile(path, code)], atLeast: 1));

    [Fact]
    public void A_stream_to_the_terminal_is_noticed_in_compiled_code() =>
        Assert.Throws<RuleBroken>(() => s_calls.AssertHolds([typeof(PlantedStream)], atLeast: 1));

    [Theory]
    [InlineData("SEAS.Web/Commands/Planted.cs", "Console.WriteLine(1);")]
    [InlineData("SEAS.Web/Commands/Printing/Planted.cs", "Console.SetOut(writer);")]
    [InlineData("SEAS.Data/Planted.cs", "using var c = new SqliteConnection(text);")]
    [InlineData("SEAS.Training/Engine/Devices/Planted.cs", "return tensor.cpu();")]
    [InlineData("SEAS.Training/Planted.cs", "// DateTime.Now is banned")]
    [InlineData("SEAS.Training/Planted.cs", "var text = \"DateTime.Now\";")]
    public void Where_it_is_allowed_and_in_words_it_is_not_noticed(string path, string code) =>
        s_rule.AssertHolds([new SourceFile(path, code)], atLeast: 1);

    private static class PlantedResult
    {
        public static int Block(Task<int> task) => task.Result;
    }

    private static class PlantedMatmul
    {
        public static Tensor Multiply(Tensor a, Tensor b) => a.matmul(b);
    }

    private static class PlantedBaddbmm
    {
        public static Tensor Add(Tensor a, Tensor b) => torch.baddbmm(a, b, b);
    }

    private static class PlantedStream
    {
        public static Stream Open() => Console.OpenStandardOutput();
    }

    private static class PlantedWait
    {
        public static void Block(Task task) => task.Wait();
    }
}
