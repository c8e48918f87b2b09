using System.Text.RegularExpressions;

namespace SEAS.Tests.Architecture;

/// <summary>A name that says nothing has no idea behind it yet.</summary>
public sealed partial class NameTests
{
    private const string TorchNames = "SEAS.Training/Engine/Torch";   // TorchSharp's names, not ours

    private static readonly Rule<SourceFile> s_names = new(
        "No type is called Helper, Utils, Manager, Common or Misc, none …Data, and no abstract one Base…",
        file => file.IsUnder(TorchNames) ? [] : DeclaredTypes().Matches(file.Code)
            .Where(match => Empty().IsMatch(match.Groups["name"].Value)
                || (match.Groups["abstract"].Success && Base().IsMatch(match.Groups["name"].Value)))
            .Select(match => $"{file.Path}: {match.Groups["name"].Value}"));

    private static readonly Rule<string> s_folders = new(
        "No folder is called Helpers, Utils, Managers, Common, Misc or Base",
        path => path.Split('/')[..^1].Where(folder => EmptyFolder().IsMatch(folder)).Select(folder => $"{path}: {folder}"));

    [Fact]
    public void Types_have_telling_names() => s_names.AssertHolds(SourceTree.Files(".cs"), atLeast: 60);

    [Fact]
    public void Folders_have_telling_names() => s_folders.AssertHolds(SourceTree.Paths, atLeast: 100);

    [Theory]
    [InlineData("internal static class TensorHelper { }")]
    [InlineData("public sealed record RunManager(int A);")]
    [InlineData("public abstract class BaseRepository { }")]
    [InlineData("interface ICommonThings { }")]
    [InlineData("enum MiscKinds { }")]
    [InlineData("sealed class StringUtils { }")]
    [InlineData("sealed class MetricData { }")]
    public void An_empty_name_is_noticed(string source) =>
        Assert.Throws<RuleBroken>(() => s_names.AssertHolds([new SourceFile("SEAS.Data/Planted.cs", source)], atLeast: 1));

    [Fact]
    public void An_empty_folder_name_is_noticed() =>
        Assert.Throws<RuleBroken>(() => s_folders.AssertHolds(["SEAS.Web/Helpers/A.cs"], atLeast: 1));

    [GeneratedRegex(@"(?<abstract>\babstract\s+)?(partial\s+)?\b(class|record\s+struct|record|struct|interface|enum)\s+(?<name>[A-Z]\w*)",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DeclaredTypes();

    // SharedData is the folder that tests may find beside the repository.
    [GeneratedRegex(@"Helpers?($|[A-Z])|Utils?($|[A-Z])|Utilities|Manager|^I?Common|^I?Misc|(?<!^Shared)(?<=[a-z])Data$",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Empty();

    // The base model is a thing of this field; a base class is not an idea.
    [GeneratedRegex("^Base[A-Z]|Base$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Base();

    [GeneratedRegex("^(Helpers?|Utils?|Utilities|Managers?|Common|Misc|Base)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EmptyFolder();
}
