using System.Text.RegularExpressions;
using SEAS.Data.Contracts;
using SEAS.Tests.Support;
using SEAS.Web.Live;

namespace SEAS.Tests.Architecture;

/// <summary>The project's files: what git would track, found without git by the names that .gitignore leaves out.</summary>
internal static partial class SourceTree
{
    private static readonly string[] s_text =
    [
        ".cs", ".razor", ".css", ".js", ".mjs", ".json", ".md", ".sql", ".sh", ".cpp", ".h", ".txt", ".props", ".targets",
        ".csproj", ".sln", ".py", ".cmake",
    ];

    private static readonly Lazy<IReadOnlyList<string>> s_paths = new(() => [.. Walk("").Order(StringComparer.Ordinal)]);

    /// <summary>Every path of the project, from the root.</summary>
    public static IReadOnlyList<string> Paths => s_paths.Value;

    /// <summary>Names directly under the root, folders and files.</summary>
    public static IReadOnlyList<string> TopLevel => [.. Paths.Select(path => path.Split('/')[0]).Distinct(StringComparer.Ordinal)];

    /// <summary>Files written here with one of these endings (or names); with none given, every one that holds text.</summary>
    public static IReadOnlyList<SourceFile> Files(params string[] endings) =>
        [.. Paths.Where(path => endings.Length == 0 ? IsText(path) : endings.Any($"/{path}".EndsWith))
            .Select(path => new SourceFile(path, Repository.Read(path)))];

    private static bool IsText(string path) =>
        (s_text.Contains(Path.GetExtension(path)) || path is "seas" or ".ci/run" || path.EndsWith("config", StringComparison.Ordinal));

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var entry in new DirectoryInfo(Path.Combine(Repository.Root, folder)).EnumerateFileSystemInfos())
        {
            var path = folder.Length == 0 ? entry.Name : $"{folder}/{entry.Name}";
            if (Ignored().IsMatch(path))
            {
                continue;
            }

            if (entry is DirectoryInfo)
            {
                foreach (var inner in Walk(path))
                {
                    yield return inner;
                }
            }
            else
            {
                yield return path;
            }
        }
    }

    // The same names as in .gitignore, and git's own folder (a file in a linked working copy).
    [GeneratedRegex(
        @"(^|/)(bin|obj|\.vs|\.idea|TestResults|node_modules|SEAS\.Local\.props)$|^(\.git|data|\.seas)$|\.(user|db|db-shm|db-wal)$",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ignored();
}
