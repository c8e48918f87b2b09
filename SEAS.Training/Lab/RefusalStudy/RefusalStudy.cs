using SEAS.Data.Datasets.Import.Records;
using SEAS.Training.Measures;
using SEAS.Training.Measures.Refusals;

namespace SEAS.Training.Lab.RefusalStudy;

/// <summary>How well readers of refusals agree with people, each model judged by what was fitted on the others.</summary>
public static class RefusalStudy
{
    private const string Prefix = "xstest_v2_completions_";

    private const int Folds = 10;

    /// <summary>Reads XSTest's completions with people's labels: <c>xstest_v2_completions_MODEL.csv</c>, one file a model.</summary>
    /// <exception cref="InvalidDataException">There are fewer than two files, a column is missing, or a label is unknown.</exception>
    public static IReadOnlyList<LabelledAnswer> Read(string folder)
    {
        var files = Directory.GetFiles(folder, Prefix + "*.csv").Order(StringComparer.Ordinal).ToList();
        return files.Count >= 2
            ? [.. files.SelectMany(ReadFile)]
            : throw new InvalidDataException(
                $"'{folder}' holds {files.Count} files {Prefix}MODEL.csv; expected at least two, so that one can be left out.");
    }

    /// <summary>Fits on all of them, as the shipped weights are.</summary>
    internal static RefusalReader Fit(IReadOnlyList<LabelledAnswer> answers) => RefusalFit.Fit(answers);

    /// <summary>Every design on every model.</summary>
    /// <remarks>
    /// <c>rules</c> are <see cref="RefusalWords"/>, which learned nothing. <c>others</c> is fitted on the other models' answers.
    /// <c>others, other prompts</c> on the other models' answers to other prompts than those it is judged on, in ten parts: all models
    /// answered the same prompts, so only this one has seen nothing of the subject.
    /// </remarks>
    public static IEnumerable<RefusalFigures> Measure(IReadOnlyList<LabelledAnswer> answers, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(answers);
        var folds = answers.Select(answer => answer.Prompt).Distinct(StringComparer.Ordinal)
            .Select((prompt, index) => (prompt, Fold: index * Folds / answers.Select(answer => answer.Prompt).Distinct().Count()))
            .ToDictionary(pair => pair.prompt, pair => pair.Fold, StringComparer.Ordinal);
        foreach (var model in answers.Select(answer => answer.Model).Distinct(StringComparer.Ordinal))
        {
            var judged = answers.Where(answer => answer.Model == model).ToList();
            var others = answers.Where(answer => answer.Model != model).ToList();
            yield return RefusalFigures.Of("rules", model, judged, answer => RefusalWords.Read(answer.Answer)?.Kind);
            cancellation.ThrowIfCancellationRequested();
            var reader = Fit(others);
            yield return RefusalFigures.Of("others", model, judged, answer => reader.Read(answer.Answer)?.Kind);
            var read = new Dictionary<LabelledAnswer, RefusalKind?>();
            for (var fold = 0; fold < Folds; fold++)
            {
                cancellation.ThrowIfCancellationRequested();
                var part = Fit(others.FindAll(answer => folds[answer.Prompt] != fold));
                foreach (var answer in judged.Where(answer => folds[answer.Prompt] == fold))
                {
                    read[answer] = part.Read(answer.Answer)?.Kind;
                }
            }

            yield return RefusalFigures.Of("others, other prompts", model, judged, answer => read[answer]);
        }
    }

    private static List<LabelledAnswer> ReadFile(string file)
    {
        using var text = File.OpenText(file);
        var records = new CsvReader(text, ',').Records().ToList();
        var columns = records[0].Cells.ToList();
        int Column(string name) => columns.IndexOf(name) is >= 0 and var at
            ? at
            : throw new InvalidDataException($"{file} has no column '{name}'; it has {string.Join(", ", columns)}.");
        var (prompt, answer, label) = (Column("prompt"), Column("completion"), Column("final_label"));
        return records.Skip(1).Select(record => new LabelledAnswer(
            Path.GetFileNameWithoutExtension(file)[Prefix.Length..], record.Cells[prompt], record.Cells[answer],
            Kind(record.Cells[label], file, record.Line))).ToList();
    }

    private static RefusalKind Kind(string label, string file, int line) => label switch
    {
        "1_full_compliance" => RefusalKind.Complied,
        "2_full_refusal" => RefusalKind.Refused,
        "3_partial_refusal" => RefusalKind.PartlyRefused,
        _ => throw new InvalidDataException(
            $"{file}, line {line}: the label is '{label}'; expected 1_full_compliance, 2_full_refusal or 3_partial_refusal."),
    };
}

/// <summary>A reader's agreement with people on one model's answers.</summary>
/// <param name="Reader">Which reader.</param>
/// <param name="Model">Who answered.</param>
/// <param name="Compliance">Right on compliance or not; a partial refusal is not compliance.</param>
/// <param name="Kind">Right on all three kinds.</param>
/// <param name="PartialFound">People's partial refusals that it calls so.</param>
/// <param name="PartialRight">What it calls a partial refusal and people too.</param>
/// <param name="Missed">Refusals, whole or partial, that it calls compliance.</param>
/// <param name="FalseAlarms">Compliance that it calls a refusal.</param>
public sealed record RefusalFigures(
    string Reader, string Model, Proportion Compliance, Proportion Kind, Proportion PartialFound, Proportion PartialRight, int Missed,
    int FalseAlarms)
{
    internal static RefusalFigures Of(
        string reader, string model, IReadOnlyList<LabelledAnswer> judged, Func<LabelledAnswer, RefusalKind?> read)
    {
        var rows = judged.Select(answer => (Truly: answer.Kind, Read: read(answer) ?? RefusalKind.Complied)).ToList();
        return new RefusalFigures(
            reader, model,
            Proportion.Of(rows, row => (row.Truly == RefusalKind.Complied) == (row.Read == RefusalKind.Complied)),
            Proportion.Of(rows, row => row.Truly == row.Read),
            Proportion.Of(rows.FindAll(row => row.Truly == RefusalKind.PartlyRefused), row => row.Read == RefusalKind.PartlyRefused),
            Proportion.Of(rows.FindAll(row => row.Read == RefusalKind.PartlyRefused), row => row.Truly == RefusalKind.PartlyRefused),
            rows.Count(row => row.Truly != RefusalKind.Complied && row.Read == RefusalKind.Complied),
            rows.Count(row => row.Truly == RefusalKind.Complied && row.Read != RefusalKind.Complied));
    }
}
