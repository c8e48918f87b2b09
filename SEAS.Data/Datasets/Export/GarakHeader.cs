using System.Globalization;
using System.Text.Json;
using SEAS.Data.Datasets.Frozen;

namespace SEAS.Data.Datasets.Export;

/// <summary>The lines of a garak report that are no attempts.</summary>
internal static class GarakHeader
{
    // The shape of the report is that of this release's.
    private const string Version = "0.13.0";
    private const string Group = "seas";

    public static void Setup(Utf8JsonWriter json, DatasetManifest manifest)
    {
        json.WriteString("entry_type", "start_run setup");
        json.WriteString("_config.version", Version);
        json.WriteString("transient.run_id", manifest.Run);
        json.WriteString("transient.starttime_iso", At(manifest));
        json.WriteNumber("run.seed", manifest.Seed);
        json.WriteNumber("run.eval_threshold", manifest.GuardThreshold);
        json.WriteNumber("run.generations", manifest.Counts.Prompts == 0 ? 0 : manifest.Counts.Answers / manifest.Counts.Prompts);
        json.WriteString("plugins.target_type", "seas");
        json.WriteString("plugins.target_name", Target(manifest));
        json.WriteString("plugins.probe_spec", Group);
    }

    public static void Init(Utf8JsonWriter json, DatasetManifest manifest)
    {
        json.WriteString("entry_type", "init");
        json.WriteString("garak_version", Version);
        json.WriteString("start_time", At(manifest));
        json.WriteString("run", manifest.Run);
    }

    public static void Eval(Utf8JsonWriter json, string probe, string detector, int passed, int failed)
    {
        json.WriteString("entry_type", "eval");
        json.WriteString("probe", probe);
        json.WriteString("detector", detector);
        json.WriteNumber("passed", passed);
        json.WriteNumber("fails", failed);
        json.WriteNumber("nones", 0);
        json.WriteNumber("total_evaluated", passed + failed);
        json.WriteNumber("total_processed", passed + failed);
    }

    public static void Completion(Utf8JsonWriter json, DatasetManifest manifest)
    {
        json.WriteString("entry_type", "completion");
        json.WriteString("end_time", At(manifest));
        json.WriteString("run", manifest.Run);
    }

    public static void Digest(
        Utf8JsonWriter json, DatasetManifest manifest, string detector, SortedDictionary<string, (int Passed, int Failed)> sums)
    {
        json.WriteString("entry_type", "digest");
        json.WriteStartObject("meta");
        json.WriteString("reportfile", "report.jsonl");
        json.WriteString("garak_version", Version);
        json.WriteString("start_time", At(manifest));
        json.WriteString("run_uuid", manifest.Run);
        json.WriteString("probespec", Group);
        json.WriteString("target_type", "seas");
        json.WriteString("target_name", Target(manifest));
        json.WriteEndObject();
        json.WriteStartObject("eval");
        if (sums.Count > 0)
        {
            json.WriteStartObject(Group);
            json.WriteStartObject("_summary");
            json.WriteString("group", Group);
            json.WriteNumber("score", sums.Values.Average(Share));
            json.WriteEndObject();
            foreach (var (probe, sum) in sums)
            {
                json.WriteStartObject(probe);
                json.WriteStartObject("_summary");
                json.WriteString("probe_name", probe);
                json.WriteNumber("probe_score", Share(sum));
                json.WriteEndObject();
                json.WriteStartObject(detector);
                json.WriteString("detector_name", detector);
                json.WriteNumber("absolute_score", Share(sum));
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static double Share((int Passed, int Failed) sum) => (double)sum.Passed / (sum.Passed + sum.Failed);

    private static string Target(DatasetManifest manifest) =>
        manifest.Models.FirstOrDefault(model => model.Use == "gave the answers")?.Id ?? manifest.Run;

    private static string At(DatasetManifest manifest) => manifest.FrozenUtc.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
