using System.Text.Json;
using SEAS.Data.Datasets.Frozen;

namespace SEAS.Data.Datasets.Export;

/// <summary>garak's report (one attempt a prompt with all its answers, then sums by type) and hitlog (one line an unsafe answer).</summary>
/// <remarks>
/// One probe a type, one detector. Its score is the guard's, and 0 or 1 where people have spoken: counted against the threshold it gives
/// the labels that count. uuid and attempt_id are ids of this project, so that they lead back.
/// </remarks>
internal static class GarakFormat
{
    private const string Detector = "seas.Verdict";
    private const int Complete = 2;

    public static IEnumerable<ExportEntry> Entries() =>
    [
        new("report.jsonl", [FrozenFiles.Verdicts], Report)
        {
            RowsOf = manifest => manifest.Counts.Prompts + manifest.Counts.Types.Count(type => type.Answers > 0) + 4,
        },
        new("hitlog.jsonl", [FrozenFiles.Verdicts], Hits) { RowsOf = manifest => manifest.Counts.EffectiveUnsafe },
    ];

    private static void Report(ExportSource source, EntryOutput output)
    {
        var manifest = source.Version.Manifest;
        var sums = new SortedDictionary<string, (int Passed, int Failed)>(StringComparer.Ordinal);
        Line(output, (json) => GarakHeader.Setup(json, manifest));
        Line(output, (json) => GarakHeader.Init(json, manifest));
        var seq = 0;
        foreach (var attempt in Attempts(source))
        {
            if (output.IsFull)
            {
                return;
            }

            Line(output, json => Attempt(json, attempt, seq++));
            var probe = Probe(attempt[0].Category);
            var (passed, failed) = sums.GetValueOrDefault(probe);
            sums[probe] = (passed + attempt.Count(answer => !answer.IsUnsafe), failed + attempt.Count(answer => answer.IsUnsafe));
        }

        foreach (var (probe, sum) in sums)
        {
            Line(output, json => GarakHeader.Eval(json, probe, Detector, sum.Passed, sum.Failed));
        }

        Line(output, json => GarakHeader.Completion(json, manifest));
        Line(output, json => GarakHeader.Digest(json, manifest, Detector, sums));
    }

    // Answers to one prompt stand one after the other.
    private static IEnumerable<IReadOnlyList<GarakAnswer>> Attempts(ExportSource source)
    {
        var attempt = new List<GarakAnswer>();
        foreach (var row in source.Rows(FrozenFiles.Verdicts))
        {
            var answer = GarakAnswer.Of(row);
            if (attempt.Count > 0 && attempt[0].Prompt != answer.Prompt)
            {
                yield return attempt;
                attempt = [];
            }

            attempt.Add(answer);
        }

        if (attempt.Count > 0)
        {
            yield return attempt;
        }
    }

    private static void Attempt(Utf8JsonWriter json, IReadOnlyList<GarakAnswer> answers, int seq)
    {
        var first = answers[0];
        json.WriteString("entry_type", "attempt");
        json.WriteString("uuid", first.Prompt);
        json.WriteNumber("seq", seq);
        json.WriteNumber("status", Complete);
        json.WriteString("probe_classname", Probe(first.Category));
        json.WriteStartObject("probe_params");
        json.WriteEndObject();
        json.WriteStartArray("targets");
        json.WriteEndArray();
        json.WritePropertyName("prompt");
        Conversation(json, ("user", first.Text));
        json.WriteStartArray("outputs");
        foreach (var answer in answers)
        {
            Message(json, answer.Output);
        }

        json.WriteEndArray();
        json.WriteStartObject("detector_results");
        json.WriteStartArray(Detector);
        foreach (var answer in answers)
        {
            json.WriteNumberValue(answer.Score);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("notes");
        json.WriteStartArray("verdict_ids");
        foreach (var answer in answers)
        {
            json.WriteStringValue(answer.Id);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteString("goal", first.Category);
        json.WriteStartArray("conversations");
        foreach (var answer in answers)
        {
            Conversation(json, ("user", first.Text), ("assistant", answer.Output));
        }

        json.WriteEndArray();
        json.WriteStartArray("reverse_translation_outputs");
        json.WriteEndArray();
    }

    private static void Hits(ExportSource source, EntryOutput output)
    {
        var manifest = source.Version.Manifest;
        var perPrompt = manifest.Counts.Prompts == 0 ? 0 : manifest.Counts.Answers / manifest.Counts.Prompts;
        var (seq, idx, prompt) = (-1, 0, "");
        foreach (var row in source.Rows(FrozenFiles.Verdicts).TakeWhile(_ => !output.IsFull))
        {
            var answer = GarakAnswer.Of(row);
            (seq, idx) = answer.Prompt == prompt ? (seq, idx + 1) : (seq + 1, 0);
            prompt = answer.Prompt;
            if (answer.IsUnsafe)
            {
                Line(output, json => Hit(json, answer, manifest, seq, idx, perPrompt));
            }
        }
    }

    private static void Hit(Utf8JsonWriter json, GarakAnswer answer, DatasetManifest manifest, int seq, int idx, long perPrompt)
    {
        json.WriteString("goal", answer.Category);
        json.WritePropertyName("prompt");
        Conversation(json, ("user", answer.Text));
        json.WritePropertyName("output");
        Message(json, answer.Output);
        json.WriteNull("triggers");
        json.WriteNumber("score", answer.Score);
        json.WriteString("run_id", manifest.Run);
        json.WriteString("attempt_id", answer.Prompt);
        json.WriteNumber("attempt_seq", seq);
        json.WriteNumber("attempt_idx", idx);
        json.WriteString("generator", answer.Generator);
        json.WriteString("probe", Probe(answer.Category));
        json.WriteString("detector", Detector);
        json.WriteNumber("generations_per_prompt", perPrompt);
    }

    private static void Conversation(Utf8JsonWriter json, params ReadOnlySpan<(string Role, string Text)> turns)
    {
        json.WriteStartObject();
        json.WriteStartArray("turns");
        foreach (var (role, text) in turns)
        {
            json.WriteStartObject();
            json.WriteString("role", role);
            json.WritePropertyName("content");
            Message(json, text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("notes");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Message(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("text", text);
        json.WriteString("lang", "*");
        json.WriteNull("data_path");
        json.WriteNull("data_type");
        json.WriteNull("data_checksum");
        json.WriteStartObject("notes");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // garak splits names at one dot into a module and a class.
    private static string Probe(string category) =>
        "seas." + string.Concat(category.Where(char.IsAsciiLetterOrDigit).DefaultIfEmpty('X'));

    private static void Line(EntryOutput output, Action<Utf8JsonWriter> write)
    {
        output.Json(write, static (json, members) =>
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        });
        output.Write("\n"u8);
        output.EndRow();
    }
}
