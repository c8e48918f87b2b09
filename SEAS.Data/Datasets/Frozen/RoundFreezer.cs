using System.Text.Json;
using SEAS.Data.Attacks;
using SEAS.Data.Contracts;

namespace SEAS.Data.Datasets.Frozen;

/// <summary>Writes the files of one round's datasets into a folder.</summary>
internal sealed class RoundFreezer(RoundRows rows, RunId run, int round, RoundFacts facts, CancellationToken cancellation)
{
    private readonly FrozenRows _write = new(
        run, round, facts, facts.Labels.Select(label => label.Decision).ToDictionary(decision => decision.Id, decision => decision.AtUtc));

    private readonly TraceRows _trace = new(run);
    private readonly RoundCounts _counts = new();

    /// <summary>Writes all of them; the manifest is not among them.</summary>
    public (IReadOnlyList<ManifestFile> Files, DatasetCounts Counts) Write(string folder)
    {
        List<ManifestFile> files =
        [
            File(folder, FrozenFiles.Attacks, Attacks),
            File(folder, FrozenFiles.Answers, Answers),
            File(folder, FrozenFiles.Verdicts, Verdicts),
            File(folder, FrozenFiles.Labels, Labels),
            File(folder, FrozenFiles.RedPairs, file => Pairs(file, ModelRole.Red)),
            File(folder, FrozenFiles.TargetPairs, file => Pairs(file, ModelRole.Target)),
            File(folder, FrozenFiles.General, General),
            File(folder, FrozenFiles.Metrics, file => Each(rows.Metrics(), point => file.Row(point, _write.Metric))),
            File(folder, FrozenFiles.Evaluation, Evaluation),
            File(folder, FrozenFiles.Decisions, file => Each(facts.Decisions, decision => file.Row(decision, _trace.Decision))),
            File(folder, FrozenFiles.Steps, file => Each(rows.Steps(), step => file.Row(step, _trace.Step))),
            File(folder, FrozenFiles.Ledger, file => Each(rows.Ledger(), unit => file.Row(unit, TraceRows.Unit))),
        ];
        if (facts.Sets.Count > 0)
        {
            files.Add(File(folder, FrozenFiles.SetAnswers, file => Each(rows.SetAnswers(), answer => file.Row(answer, _write.SetAnswer))));
        }

        return (files, _counts.Of(files.ToDictionary(file => file.Name, file => file.Rows, StringComparer.Ordinal)));
    }

    private static ManifestFile File(string folder, string name, Action<FrozenFile> write)
    {
        using var file = new FrozenFile(folder, name);
        write(file);
        return file.Finish();
    }

    private void Attacks(FrozenFile file) => Each(rows.Prompts(), prompt =>
    {
        _counts.Add(prompt);
        var said = facts.LabelOfPrompt(prompt.Text);
        file.Row((prompt, said?.IsConfirmed == true, said?.Style), _write.Attack);
    });

    private void Answers(FrozenFile file) => Each(rows.Answers(), answer =>
        file.Row((answer, facts.LabelOf(answer.Prompt, answer.Answer)?.Said is not null), _write.Answer));

    private void Verdicts(FrozenFile file) => Each(rows.Answers(), answer =>
    {
        if (answer.Score is not null)
        {
            var label = facts.LabelOf(answer.Prompt, answer.Answer);
            _counts.Add(answer, label);
            file.Row((answer, label), _write.Verdict);
        }
    });

    private void Labels(FrozenFile file) =>
        Each(facts.Labels, label => file.Row(label, (json, row) => _trace.Label(json, row.Item, row.Decision)));

    private void Pairs(FrozenFile file, ModelRole role) => Each(rows.Pairs(role), pair =>
    {
        var (chosen, rejected) = PairSource.Of(pair);
        var of = rows.AnswersTo(chosen.Round, chosen.Seed, chosen.Prompt);
        var against = facts.Labels.Count == 0 ? [] : rows.AnswersTo(rejected.Round, rejected.Seed, rejected.Prompt);
        file.Row((pair, of.Count == 0 ? null : of[0].Category, Rests(of, chosen) && Rests(against, rejected)), _write.Pair);
    });

    // R's pairs rest on all answers to both prompts, T's on the two answers.
    private bool Rests(IReadOnlyList<FrozenAnswer> answers, PairSource source) => answers.Count > 0 && answers
        .Where(answer => source.Answer is not { } index || answer.AnswerIndex == index)
        .All(answer => facts.LabelOf(answer.Prompt, answer.Answer) is { Said: not null });

    private void General(FrozenFile file)
    {
        var next = new Dictionary<ModelRole, int>();
        Each(facts.General, row =>
        {
            var index = next.GetValueOrDefault(row.Role);
            next[row.Role] = index + 1;
            file.Row((row, index), _write.General);
        });
    }

    private void Evaluation(FrozenFile file)
    {
        if (rows.Evaluation() is { } json)
        {
            file.Row(JsonElement.Parse(json), (row, document) =>
            {
                row.WriteNumber("round", round);
                row.WritePropertyName("evaluation");
                document.WriteTo(row);
            });
        }
    }

    private void Each<T>(IEnumerable<T> items, Action<T> use)
    {
        foreach (var item in items)
        {
            cancellation.ThrowIfCancellationRequested();
            use(item);
        }
    }
}
