using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Inputs;
using SEAS.Data.Datasets.Frozen;
using SEAS.Data.Datasets.Restoring;
using SEAS.Training.Runs.Stages;
using SEAS.Training.Text.Chat;

namespace SEAS.Training.Lineage;

/// <summary>The plain rows of updates as a round froze them.</summary>
internal sealed class FrozenTuningRows(RestoredRounds files) : ITuningRows
{
    public IReadOnlyList<RedExample> RedExamples(int count, string stream) =>
        [.. Rows(ModelRole.Red, stream).Take(count).Select(row => new RedExample([RedPrompt.Shown(row.Prompt)], Category: "", row.Answer))];

    public IReadOnlyList<InstructionRow> GeneralRows(int count, string stream) =>
        [.. Rows(ModelRole.Target, stream).Take(count).Select(row => new InstructionRow(row.Prompt, row.Answer))];

    private IReadOnlyList<GeneralRow> Rows(ModelRole role, string stream) =>
        files.Rounds.FirstOrDefault(round => RoundTuning.GeneralStream(round.Round) == stream) is { } round
            ? files.General(round.Round, role)
            : throw new DatasetException(
                $"The plain rows of {stream} are not in the files, which hold round "
                + $"{string.Join(", ", files.Rounds.Select(known => known.Round))}. Name that round's export too, with another --from.");
}
