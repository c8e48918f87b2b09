using SEAS.Data.Contracts;

namespace SEAS.Tests.Architecture;

/// <summary>A file fits into a head: docs/architecture.md, "Sizes".</summary>
public sealed class SizeTests
{
    private const int Columns = 160;
    private static readonly string[] s_withLines =
        [".cs", ".razor", ".css", ".js", ".mjs", ".sql", ".sh", ".cpp", ".h", "/seas"];

    private static readonly Rule<SourceFile> s_lines = new(
        "No file is far too large to be one idea: 400 lines of C# (tests 500, code-behind 260, markup 160, Program.cs 80)",
        file => file.Lines.Length > MostLines(file) ? [$"{file.Path}: {file.Lines.Length} lines, at most {MostLines(file)}"] : []);

    private static readonly Rule<SourceFile> s_columns = new(
        $"A line has at most {Columns} columns",
        file => file.Lines.Select((line, at) => (line, at))
            .Where(row => row.line.Length > Columns)
            .Select(row => $"{file.Path}:{row.at + 1}: {row.line.Length} columns"));

    [Fact]
    public void Files_of_code_are_short() => s_lines.AssertHolds(SourceTree.Files(".cs", ".razor"), atLeast: 60);

    [Fact]
    public void Lines_of_code_are_short() => s_columns.AssertHolds(SourceTree.Files(s_withLines), atLeast: 70);

    [Theory]
    [InlineData("SEAS.Data/Long.cs", 401)]
    [InlineData("SEAS.Tests/LongTests.cs", 501)]
    [InlineData("SEAS.Web/Components/Long.razor", 161)]
    [InlineData("SEAS.Web/Components/Long.razor.cs", 261)]
    [InlineData("SEAS.Web/Program.cs", 81)]
    public void A_long_file_is_noticed(string path, int lines) =>
        Assert.Throws<RuleBroken>(() => s_lines.AssertHolds([new SourceFile(path, new string('\n', lines))], atLeast: 1));

    [Fact]
    public void A_long_line_is_noticed() =>
        Assert.Throws<RuleBroken>(
            () => s_columns.AssertHolds([new SourceFile("SEAS.Data/A.cs", new string('x', Columns + 1))], atLeast: 1));

    private static int MostLines(SourceFile file) => file.Path switch
    {
        "SEAS.Web/Program.cs" => 80,
        _ when file.Name.EndsWith(".razor.cs", StringComparison.Ordinal) => 260,
        _ when file.Name.EndsWith(".razor", StringComparison.Ordinal) => 160,
        _ when file.IsUnder("SEAS.Tests") => 500,
        _ => 400,
    };
}
