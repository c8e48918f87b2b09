using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using SEAS.Data.Contracts;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Review;

namespace SEAS.Tests.Architecture;

/// <summary>A namespace is a folder, and no two of them need each other.</summary>
public sealed partial class NamespaceTests
{
    private static readonly Rule<SourceFile> s_isFolder = new(
        "A file's namespace is its folder",
        file => Declared().Match(file.Text) is { Success: true } match && match.Groups["space"].Value == FolderOf(file.Path)
            ? []
            : [$"{file.Path}: expected namespace {FolderOf(file.Path)}"]);

    private static readonly Rule<Assembly> s_noCycle = new(
        "Namespaces of a project do not need each other in a circle",
        assembly => Circles(Uses(assembly.GetTypes())));

    [Fact]
    public void A_namespace_is_its_folder() => s_isFolder.AssertHolds(
        [.. SourceTree.Files(".cs").Where(file => file.IsUnder("SEAS.Data") || file.IsUnder("SEAS.Training") || file.IsUnder("SEAS.Tests"))],
        atLeast: 600);

    [Fact]
    public void A_file_in_another_namespace_is_noticed() => Assert.Throws<RuleBroken>(
        () => s_isFolder.AssertHolds([new SourceFile("SEAS.Data/Runs/Planted.cs", "namespace SEAS.Data.Attacks;\n")], atLeast: 1));

    [Fact]
    public void Namespaces_need_no_other_that_needs_them() =>
        s_noCycle.AssertHolds([typeof(RunId).Assembly, typeof(RandomStream).Assembly], atLeast: 2);

    [Fact]
    public void A_circle_of_namespaces_is_noticed()
    {
        var circle = Assert.Single(Circles(Uses([typeof(Planted.First.One), typeof(Planted.Second.Two)])));
        Assert.Contains("First", circle, StringComparison.Ordinal);
        Assert.Contains("Two", circle, StringComparison.Ordinal);
    }

    private static string FolderOf(string path) => path[..path.LastIndexOf('/')].Replace('/', '.');

    // From a namespace to those of the same project that it names, each with an example.
    private static Dictionary<string, Dictionary<string, string>> Uses(IEnumerable<Type> types)
    {
        var uses = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        foreach (var type in types.Where(type => type.Namespace is not null))
        {
            foreach (var used in TypeUses.Of(type).Where(used => used.Assembly == type.Assembly && used.Namespace != type.Namespace))
            {
                if (used.Namespace is { } space && !IsGenerated(used))
                {
                    Of(type.Namespace!).TryAdd(space, $"{type.Name} names {used.Name}");
                }
            }
        }

        return uses;

        Dictionary<string, string> Of(string space) => uses.TryGetValue(space, out var known) ? known : uses[space] = [];
    }

    private static bool IsGenerated(Type type) =>
        type.Name.StartsWith('<') && type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && type.DeclaringType is null;

    // Two namespaces that reach each other, once for each first of the two.
    private static IEnumerable<string> Circles(Dictionary<string, Dictionary<string, string>> uses)
    {
        var reached = uses.Keys.ToDictionary(from => from, from => Reached(from, uses), StringComparer.Ordinal);
        return
            from space in uses
            from other in space.Value
            where reached.TryGetValue(other.Key, out var back) && back.Contains(space.Key)
                && string.CompareOrdinal(space.Key, other.Key) < 0
            select $"{space.Key} → {other.Key} ({other.Value}) → … → {space.Key}"
                + (uses[other.Key].TryGetValue(space.Key, out var direct) ? $" ({direct})" : "");
    }

    private static HashSet<string> Reached(string from, Dictionary<string, Dictionary<string, string>> uses)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var next = new Stack<string>([from]);
        while (next.TryPop(out var space))
        {
            foreach (var used in uses.TryGetValue(space, out var all) ? all.Keys : Enumerable.Empty<string>())
            {
                if (found.Add(used))
                {
                    next.Push(used);
                }
            }
        }

        return found;
    }

    [GeneratedRegex(@"^namespace\s+(?<space>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Declared();
}
