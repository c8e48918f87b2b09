namespace SEAS.Tests.Architecture;

public sealed class LayoutTests
{
    private static readonly string[] s_allowed =
    [
        "SEAS.Data", "SEAS.Training", "SEAS.Web", "SEAS.Tests", "wwwroot", "SEAS.sln", "seas", "docs", "build", ".ci",
        "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "global.json",
        "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props",
        "BannedSymbols.txt", ".editorconfig", ".gitattributes", ".gitignore",
    ];

    private static readonly Rule<string> s_topLevel = new(
        "The top level holds the four projects, the web root, the solution, the script, docs and the build's files, and nothing else",
        name => s_allowed.Contains(name) ? [] : [name]);

    [Fact]
    public void The_top_level_holds_what_the_architecture_names() => s_topLevel.AssertHolds(SourceTree.TopLevel, atLeast: 15);

    [Fact]
    public void A_stray_file_at_the_top_is_noticed() =>
        Assert.Throws<RuleBroken>(() => s_topLevel.AssertHolds(["SEAS.sln", "notes.txt"], atLeast: 2));

    [Fact]
    public void A_rule_that_saw_too_little_fails() =>
        Assert.Throws<RuleBroken>(() => s_topLevel.AssertHolds(["SEAS.sln"], atLeast: 2));
}
