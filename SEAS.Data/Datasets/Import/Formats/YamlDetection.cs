using System.Text.RegularExpressions;
using SEAS.Data.Datasets.Import.Records;
using SEAS.Data.Datasets.Import.Sources;
using SEAS.Data.Text;

namespace SEAS.Data.Datasets.Import.Formats;

/// <summary>Tells YAML from lines of prompts, and which YAML it is: PyRIT's seeds, promptfoo's tests, or another one, which is refused.</summary>
internal static partial class YamlDetection
{
    private static readonly string[] s_endings = [".yaml", ".yml", ".prompt"];
    private static readonly string[] s_seeds = ["seeds", "prompts", "value"];
    private static readonly string[] s_promptfoo = ["tests", "redteam", "scenarios", "providers", "targets", "defaultTest", "evaluateOptions"];

    /// <summary>The format; null if the text is no YAML.</summary>
    /// <exception cref="SourceFault">It is YAML of another kind, or has nothing but comments.</exception>
    public static DetectedFormat? Of(string beginning, string extension)
    {
        var lines = beginning.Split('\n').Select(line => line.TrimEnd('\r', ' ', '\t')).Where(line => line.Length > 0).ToList();
        var outer = lines.Where(line => line[0] is not (' ' or '\t' or '#' or '%') && !IsMark(line)).ToList();
        if (outer.Count == 0 && (s_endings.Contains(extension, StringComparer.Ordinal) || lines.Exists(IsMark)))
        {
            throw new SourceFault("at least one prompt", "YAML with nothing but comments", "Choose a file with prompts in it.");
        }

        var names = outer.Select(line => Name().Match(line)).Where(match => match.Success).Select(match => match.Groups["name"].Value)
            .ToList();
        if (!IsYaml(lines, outer, names, extension))
        {
            return null;
        }

        if (names.Exists(name => s_promptfoo.Contains(name, StringComparer.Ordinal)) || Tests().IsMatch(beginning))
        {
            return new DetectedFormat(
                new YamlTests(), ReportFormats.Tests, "promptfoo tests YAML",
                "it has the names of promptfoo's configuration; prompts from the variables of its tests, types from their plugins",
                ["vars", "metadata", "assert"]);
        }

        return names.Exists(name => s_seeds.Contains(name, StringComparer.Ordinal))
            ? new DetectedFormat(
                new YamlSeeds(), WholeFormats.PyRit, "PyRIT YAML", "it has the names of PyRIT's seed prompts; prompts from 'value'",
                [YamlSeeds.Value, YamlSeeds.Types, YamlSeeds.Source])
            : throw new SourceFault(
                "PyRIT's seeds ('seeds', 'prompts' or 'value') or promptfoo's tests ('tests' with 'vars')",
                names.Count == 0 ? "YAML of another kind: a list or a text"
                    : $"YAML of another kind, with the names {string.Join(", ", names.Distinct(StringComparer.Ordinal).Take(12).Select(Shown.Shortly))}",
                "Write the prompts one a line in a .txt file, or as 'seeds' with a 'value' each.");
    }

    // By its ending; otherwise every line that is not indented must be a name, a list's element or a comment, and something must tell
    // it from lines of text with a colon in them.
    private static bool IsYaml(List<string> lines, List<string> outer, List<string> names, string extension)
    {
        if (s_endings.Contains(extension, StringComparer.Ordinal))
        {
            return true;
        }

        var isOfNames = names.Count > 0 && names.All(name => name.All(letter => !char.IsUpper(letter) || name == "defaultTest"))
            && outer.TrueForAll(line => Name().IsMatch(line) || line.StartsWith("- ", StringComparison.Ordinal));
        var tells = names.Exists(name => s_seeds.Concat(s_promptfoo).Contains(name, StringComparer.Ordinal))
            || lines.Exists(IsMark) || (names.Count > 1 && lines.Exists(line => line[0] == ' '));
        return isOfNames && tells && (extension != ".txt" || lines.Count > outer.Count || lines.Exists(IsMark));
    }

    private static bool IsMark(string line) => line is "---" or "..." || line.StartsWith("--- ", StringComparison.Ordinal);

    [GeneratedRegex(@"\A['""]?(?<name>[A-Za-z_$][A-Za-z0-9_.$-]*)['""]?:(\s.*)?\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    [GeneratedRegex(@"^- +(vars|description|metadata|assert):", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Tests();
}
