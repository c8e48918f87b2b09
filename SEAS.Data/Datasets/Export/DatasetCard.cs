using System.Globalization;
using System.Text;
using System.Text.Json;
using SEAS.Data.Datasets.Frozen;

namespace SEAS.Data.Datasets.Export;

/// <summary>The card of a dataset folder on the Hugging Face hub: front matter in YAML, then what a reader should know.</summary>
internal static class DatasetCard
{
    public const string Name = "README.md";

    /// <param name="job">The export.</param>
    /// <param name="files">Its files with their rows.</param>
    public static byte[] Write(ExportJob job, IReadOnlyList<ManifestFile> files)
    {
        var manifests = job.Rounds.Select(round => round.Manifest).ToList();
        var rounds = string.Join(", ", manifests.Select(manifest => manifest.Round));
        var title = $"SEAS run {job.Request.Run}, round{(manifests.Count > 1 ? "s" : "")} {rounds}";
        var text = new StringBuilder();
        FrontMatter(text, title, files);
        text.Append($"\n# {title}\n\n> **Warning.** {DatasetNotice.Text}\n");
        What(text, job, manifests);
        Files(text, files);
        Columns(text, job);
        Sources(text, manifests);
        Models(text, manifests);
        text.Append(
            "\n## Checking\n\n`./seas verify FILE.zip` checks checksums, counts, columns and lineage. Every row has an `id` that leads "
            + "back: seed, prompt, answer, verdict, label, pair; `./seas explain ID` prints the chain.\n"
            + "\nMethod: *SEAS: Self-Evolving Adversarial Safety Optimization for Large Language Models*, arXiv:2408.02632.\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    // A text in JSON is a quoted text in YAML too.
    private static void FrontMatter(StringBuilder text, string title, IReadOnlyList<ManifestFile> files)
    {
        text.Append(
            $"""
            ---
            pretty_name: {Quoted(title)}
            license: other
            license_name: see-sources
            language:
            - en
            task_categories:
            - text-generation
            - text-classification
            tags:
            - red-teaming
            - ai-safety
            - preference
            - dpo
            - seas
            - not-for-all-audiences
            size_categories:
            - {Size(Tables(files).Sum(file => file.Rows))}
            extra_gated_prompt: {Quoted(DatasetNotice.Text)}
            configs:

            """);
        foreach (var config in Tables(files).GroupBy(file => Table(file.Name), StringComparer.Ordinal))
        {
            text.Append($"- config_name: {config.Key}\n  data_files:\n");
            text.Append($"  - split: {Split(config.Key)}\n    path:\n");
            foreach (var file in config)
            {
                text.Append($"    - {Quoted(file.Name)}\n");
            }
        }

        if (!Tables(files).Any())
        {
            text.Length--;
            text.Append(" []\n");
        }

        Features(text, files);
        text.Append("---\n");
    }

    // Lines of JSON are typed by who reads them; Parquet's columns have types, which the card names too.
    private static void Features(StringBuilder text, IReadOnlyList<ManifestFile> files)
    {
        var tables = Tables(files).Where(file => IsParquet(file.Name)).Select(file => Table(file.Name)).Distinct(StringComparer.Ordinal).ToList();
        text.Append(tables.Count > 0 ? "dataset_info:\n" : "");
        foreach (var table in tables)
        {
            text.Append($"- config_name: {table}\n  features:\n");
            foreach (var (name, type) in ParquetColumns.Features(FrozenFiles.All.First(file => Path.GetFileNameWithoutExtension(file) == table)))
            {
                text.Append($"  - name: {name}\n    dtype: {type}\n");
            }
        }
    }

    /// <summary>Which part of a dataset a table is.</summary>
    public static string Split(string table) => table is "evaluation" or "set_answers" ? "test" : "train";

    private static bool IsParquet(string file) => file.EndsWith(ParquetFormat.Ending, StringComparison.Ordinal);

    // Parquet files lie in a folder for each table.
    private static string Table(string file) => IsParquet(file) ? file.Split('/')[^2] : Path.GetFileNameWithoutExtension(file);

    // The frozen files; what is made of them for trainers is the same rows again. One without rows cannot be loaded.
    private static IEnumerable<ManifestFile> Tables(IReadOnlyList<ManifestFile> files) =>
        files.Where(file => file.Rows > 0
            && (IsParquet(file.Name) || FrozenFiles.All.Contains(Path.GetFileName(file.Name), StringComparer.Ordinal)));

    private static void What(StringBuilder text, ExportJob job, List<DatasetManifest> manifests)
    {
        text.Append(
            "\n## What this is\n\nA red-team model wrote adversarial prompts, a target model answered, a guard judged, people looked at "
            + "what it was unsure of; then both models were tuned on the pairs.\n\n"
            + "| round | version | prompts | answers | unsafe | by people | pairs of R | pairs of T |\n"
            + "|---|---|---|---|---|---|---|---|\n");
        foreach (var manifest in manifests)
        {
            var counts = manifest.Counts;
            text.Append(CultureInfo.InvariantCulture, $"| {manifest.Round} | {manifest.Version} | {counts.Prompts} | {counts.Answers} | ");
            text.Append(CultureInfo.InvariantCulture, $"{counts.EffectiveUnsafe} | {counts.HumanSafe + counts.HumanUnsafe} | ");
            text.Append(CultureInfo.InvariantCulture, $"{counts.RedPairs} | {counts.TargetPairs} |\n");
        }

        var filter = job.Request.Filter;
        if (!filter.IsNone)
        {
            var parts = new[]
            {
                filter.OnlyConfirmed ? "only what people confirmed" : null,
                filter.Types.Count > 0 ? $"only the types {string.Join(", ", filter.Types)}" : null,
            };
            text.Append($"\nFiltered: {string.Join("; ", parts.Where(part => part is not null))}.\n");
        }
    }

    private static void Files(StringBuilder text, IReadOnlyList<ManifestFile> files)
    {
        text.Append("\n## Files\n\n| file | rows | SHA-256 |\n|---|---|---|\n");
        foreach (var file in files)
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{file.Name}` | {file.Rows} | `{file.Sha256}` |\n");
        }
    }

    private static void Columns(StringBuilder text, ExportJob job)
    {
        text.Append("\n## Columns\n\n");
        foreach (var file in FrozenFiles.All.Where(file => job.Rounds.Any(round => round.Holds(file))))
        {
            text.Append($"- `{file}`: {string.Join(", ", FrozenColumns.Names(file))}\n");
        }

        text.Append(
            "\nIn `verdicts.jsonl`, `label` is what counts: a person's word where there is one, else the guard's; `guard_label` and "
            + "`human_label` say who said what. `confirmed` is true where people have spoken. `true_label`, `true_kind` and `asks_harm` "
            + "are known in the embedded world only.\n");
    }

    private static void Sources(StringBuilder text, List<DatasetManifest> manifests)
    {
        text.Append("\n## Sources and licences\n\n| source | use | licence |\n|---|---|---|\n");
        foreach (var source in manifests.SelectMany(manifest => manifest.Sources).Distinct())
        {
            text.Append($"| {Cell(source.Name)} | {Cell(source.Use)} | {Cell(source.Licence)} |\n");
        }
    }

    private static void Models(StringBuilder text, List<DatasetManifest> manifests)
    {
        text.Append("\n## Models\n\n| model | what it did | SHA-256 of its weights |\n|---|---|---|\n");
        foreach (var model in manifests.SelectMany(manifest => manifest.Models).Distinct())
        {
            text.Append($"| `{model.Id}` | {Cell(model.Use)} | `{model.Sha256}` |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\nThe guard's threshold was {manifests[^1].GuardThreshold}.\n");
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private static string Size(long rows) => rows switch
    {
        < 1_000 => "n<1K",
        < 10_000 => "1K<n<10K",
        < 100_000 => "10K<n<100K",
        < 1_000_000 => "100K<n<1M",
        _ => "1M<n<10M",
    };
}
