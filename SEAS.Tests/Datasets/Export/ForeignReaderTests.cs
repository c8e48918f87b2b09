using System.Diagnostics;
using System.Text;
using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Export;
using SEAS.Data.Datasets.Frozen;
using SEAS.Tests.Support;
using SEAS.Training.Review;

namespace SEAS.Tests.Datasets.Export;

/// <summary>What other people's programs read from our files: jq, Python's json and csv, js-yaml.</summary>
public sealed class ForeignReaderTests : IDisposable
{
    private readonly DatasetFolder _at = new();
    private readonly string _work = Directory.CreateTempSubdirectory("seas-foreign-").FullName;

    public ForeignReaderTests()
    {
        _at.Say(seed: 0, prompt: 1, answer: 0, isUnsafe: true);
        _at.Freeze();
    }

    [SkippableFact]
    public async Task Jq_reads_every_file_of_json_lines()
    {
        var files = DatasetFolder.Unzip(_at.Prepare(ExportFormat.All).Path);
        foreach (var (name, bytes) in files.Where(file => file.Key.EndsWith(".jsonl", StringComparison.Ordinal)))
        {
            var rows = await RunAsync("jq", ["-c", "--ascii-output", "-S", "."], bytes);

            Assert.Equal(Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Sorted),
                rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Sorted));
            Assert.True(bytes.Length == 0 || bytes[^1] == '\n', $"{name} does not end with a line's end.");
        }
    }

    [SkippableTheory]
    [InlineData("attacks")]
    [InlineData("answers")]
    [InlineData("verdicts")]
    [InlineData("labels")]
    [InlineData("red_pairs")]
    [InlineData("target_pairs")]
    [InlineData("general")]
    [InlineData("metrics")]
    [InlineData("evaluation")]
    public async Task Python_reads_from_a_table_what_it_reads_from_the_lines(string name)
    {
        const string Script = """
            import csv, json, sys
            lines = [json.loads(line) for line in open(sys.argv[1], encoding='utf-8', newline='\n')]
            table = list(csv.DictReader(open(sys.argv[2], encoding='utf-8', newline=''), strict=True))
            assert len(lines) == len(table), (len(lines), len(table))
            def same(value, cell):
                if value is None: return cell == ''
                if isinstance(value, bool): return cell == str(value).lower()
                if isinstance(value, (int, float)): return float(cell) == value
                if isinstance(value, str):
                    if value.lstrip("'")[:1] in ('=', '+', '-', '@', '\t', '\r', '\n') and value: return cell == "'" + value
                    return cell == value
                return json.loads(cell) == value
            for row, cells in zip(lines, table):
                assert list(row) == list(cells), (list(row), list(cells))
                for column in row: assert same(row[column], cells[column]), (column, row[column], cells[column])
            print(len(lines))
            """;

        var (lines, table) = (_at.Prepare(ExportFormat.JsonLines, $"{name}.jsonl"), _at.Prepare(ExportFormat.Csv, $"{name}.csv"));
        var rows = await RunAsync("python3", ["-c", Script, lines.Path, table.Path], []);

        Assert.NotEqual("0", rows.Trim());
    }

    [SkippableFact]
    public async Task Js_yaml_reads_the_front_matter_of_a_card()
    {
        NodeScript.Require("js-yaml");
        var files = DatasetFolder.Unzip(_at.Prepare(ExportFormat.HuggingFace).Path);
        var card = Encoding.UTF8.GetString(files["README.md"]);
        var script = Path.Combine(_work, "card.mjs");
        await File.WriteAllTextAsync(script, """
            import { createRequire } from 'node:module';
            const yaml = createRequire(process.cwd() + '/package.json')('js-yaml');
            let text = '';
            for await (const piece of process.stdin) text += piece;
            console.log(JSON.stringify(yaml.load(text.split('---\n')[1])));
            """);

        var front = JsonElement.Parse(await NodeScript.RunAsync(script, card));

        Assert.Equal($"SEAS run {_at.Run}, round 1", front.GetProperty("pretty_name").GetString());
        Assert.Equal("other", front.GetProperty("license").GetString());
        Assert.Contains("not-for-all-audiences", front.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.Equal(DatasetNotice.Text, front.GetProperty("extra_gated_prompt").GetString());
        var configs = front.GetProperty("configs").EnumerateArray().ToList();
        var written = files.Where(file => file.Value.Length > 0).Select(file => Path.GetFileName(file.Key)).ToHashSet();
        var withRows = FrozenFiles.OfEveryRound.Where(written.Contains);
        Assert.Equal(withRows.Select(name => Path.GetFileNameWithoutExtension(name)), configs.Select(Name));
        Assert.Superset(new HashSet<string> { "attacks", "evaluation", "target_pairs" }, configs.Select(Name).ToHashSet());
        Assert.All(configs, config => Assert.All(
            config.GetProperty("data_files")[0].GetProperty("path").EnumerateArray(),
            path => Assert.Contains(path.GetString()!, files.Keys)));
        var measured = Assert.Single(configs, config => Name(config) == "evaluation");
        Assert.Equal("test", measured.GetProperty("data_files")[0].GetProperty("split").GetString());

        static string Name(JsonElement config) => config.GetProperty("config_name").GetString()!;
    }

    public void Dispose()
    {
        _at.Dispose();
        Directory.Delete(_work, recursive: true);
    }

    // Numbers may be written in another way; the values are what counts.
    private static string Sorted(string line)
    {
        var row = JsonElement.Parse(line);
        return string.Join(';', row.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).Select(member =>
            $"{member.Name}={(member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : Plain(member.Value))}"));
    }

    private static string Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble().ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        JsonValueKind.Object => string.Join(',', value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal)
            .Select(member => $"{{{member.Name}:{Plain(member.Value)}}}")),
        JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(Plain))}]",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };

    private static async Task<string> RunAsync(string program, IEnumerable<string> arguments, byte[] input)
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        var isThere = path.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
        Skip.IfNot(isThere, $"{program} is not installed.");
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false, StandardOutputEncoding = Encoding.UTF8,
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException(await errors);
    }
}
