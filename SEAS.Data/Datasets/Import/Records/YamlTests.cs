using System.Text.Json;
using SEAS.Data.Datasets.Import.Sources;

namespace SEAS.Data.Datasets.Import.Records;

/// <summary>The tests of promptfoo's configurations in YAML, each as a record; or of a file of tests alone.</summary>
internal sealed class YamlTests : IRecordSource
{
    public string Name => "YAML";

    public IEnumerable<FoundRecord> Read(CheckedText text)
    {
        var row = 0;
        foreach (var document in YamlDocuments.Read(text))
        {
            foreach (var test in Tests(document))
            {
                row++;
                yield return JsonText.Record(row, test);
            }
        }

        if (row == 0)
        {
            throw new SourceFault(
                "promptfoo's tests with variables ('tests' with 'vars')",
                "a configuration without any: its 'prompts' are templates, and its red team has not been generated",
                "Generate the tests (promptfoo redteam generate), and import the file that comes of it.");
        }
    }

    private static IEnumerable<JsonElement> Tests(JsonElement document)
    {
        if (document.ValueKind == JsonValueKind.Array)
        {
            return document.EnumerateArray();
        }

        if (document.ValueKind != JsonValueKind.Object || !document.TryGetProperty("tests", out var tests))
        {
            return [];
        }

        return tests.ValueKind == JsonValueKind.Array ? tests.EnumerateArray() : throw new SourceFault(
            "promptfoo's tests in the file itself", "a reference to another file under 'tests'", "Import that file.");
    }
}
