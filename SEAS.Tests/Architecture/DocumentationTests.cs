using System.Text.RegularExpressions;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Tests.Support;

namespace SEAS.Tests.Architecture;

/// <summary>What the pages and the comments point to is there.</summary>
public sealed partial class DocumentationTests
{
    private static readonly Rule<SourceFile> s_links = new(
        "A link from a page leads to a file of the project",
        file => Links().Matches(file.Text).Select(match => match.Groups["target"].Value)
            .Where(target => !Exists(file.Folder, target)).Select(target => $"{file.Path}: {target}"));

    private static readonly Rule<SourceFile> s_mentions = new(
        "A page that a comment names is there",
        file => Mentions().Matches(file.Text).Select(match => match.Value).Where(page => !Exists("", page))
            .Select(page => $"{file.Path}: {page}"));

    private static readonly Rule<SourceFile> s_decisions = new(
        "A decision record is NNNN-title.md, begins with its number and has a date and a state",
        file => Decision().IsMatch($"{file.Name}\n{file.Text}") ? [] : [file.Path]);

    [Fact]
    public void Links_between_pages_lead_somewhere() => s_links.AssertHolds(SourceTree.Files(".md"), atLeast: 10);

    [Fact]
    public void Pages_that_comments_name_are_there() =>
        s_mentions.AssertHolds(
            [.. SourceTree.Files(".cs", ".props", ".targets").Where(file => !file.IsUnder("SEAS.Tests/Architecture"))], atLeast: 100);

    [Fact]
    public void Decision_records_have_a_number_a_date_and_a_state() =>
        s_decisions.AssertHolds([.. SourceTree.Files(".md").Where(file => file.IsUnder("docs/decisions"))], atLeast: 8);

    [Fact]
    public void A_link_into_nothing_is_noticed()
    {
        Assert.Throws<RuleBroken>(() => s_links.AssertHolds([new SourceFile("docs/a.md", "see [b](planted.md)")], atLeast: 1));
        Assert.Throws<RuleBroken>(() => s_mentions.AssertHolds([new SourceFile("A.cs", "// docs/planted.md")], atLeast: 1));
        Assert.Throws<RuleBroken>(() => s_decisions.AssertHolds([new SourceFile("docs/decisions/0001-a.md", "# A")], atLeast: 1));
    }

    private static bool Exists(string folder, string target)
    {
        var path = Path.Combine(Repository.Root, folder, target);
        return File.Exists(path) || Directory.Exists(path);
    }

    [GeneratedRegex(@"\]\((?<target>(?!https?:|#|mailto:)[^)#\s]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Links();

    [GeneratedRegex(@"(?<![\w/])docs/[\w/.-]+\.md", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mentions();

    [GeneratedRegex(@"\A(?<number>\d{4})-[a-z0-9-]+\.md\n# \k<number>: .+\n\n\d{4}-\d\d-\d\d\. (Accepted|Replaced|Rejected)",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Decision();
}
