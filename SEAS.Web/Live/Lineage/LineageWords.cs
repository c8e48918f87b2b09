using System.Globalization;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;
using SEAS.Training.Lineage;

namespace SEAS.Web.Live.Lineage;

/// <summary>Rows and what is known of them, in words.</summary>
internal static class LineageWords
{
    private const int ShownOfChecksum = 12;

    /// <summary>What a row is, with its place as people count: from one.</summary>
    public static string Title(RowId id) => id switch
    {
        SeedId seed => Text($"Seed {seed.Seed} of round {seed.Round}"),
        PromptId prompt => Text($"Prompt {prompt.Prompt + 1} of seed {prompt.Seed}, round {prompt.Round}"),
        AnswerId answer => Text($"Answer {answer.Answer + 1} to prompt {answer.Prompt + 1} of seed {answer.Seed}, round {answer.Round}"),
        VerdictId verdict => $"Verdict on answer {Number(verdict.On.Answer + 1)}",
        LabelId label => Text($"Label {label.Decision}"),
        PairId pair => Text($"{Model(pair.Role)}'s pair {pair.Pair} of round {pair.Round}"),
        StepId step => Text($"Step {step.Step} of {Model(step.Role)}'s tuning in round {step.Round}"),
        CheckpointId weights => Text($"{Model(weights.Role)}{weights.Iteration}"),
        SetAnswerId answer => Text($"Row {answer.Row} of evaluation set {answer.Set + 1}, answered by T{answer.Round}"),
        GeneralRowId row => Text($"General row {row.Row} of {Model(row.Role)}'s tuning in round {row.Round}"),
        _ => id.ToString(),
    };

    /// <summary>What happened, in one or two words.</summary>
    public static string What(LineageKind kind) => kind switch
    {
        LineageKind.Checkpoint => "weights",
        LineageKind.General => "general row",
        LineageKind.Step => "optimizer step",
        _ => kind.ToString().ToLowerInvariant(),
    };

    /// <summary>A fact's name.</summary>
    public static string Name(LineageFact fact) => fact.Name.Replace('_', ' ');

    /// <summary>A fact's value in full.</summary>
    public static string Value(object value) => value switch
    {
        string text => text,
        bool truth => truth ? "yes" : "no",
        double number => number.ToString("0.######", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable<string> several => string.Join(", ", several),
        _ => value.ToString() ?? "",
    };

    /// <summary>A fact's value for a narrow place: of a checksum the beginning.</summary>
    public static string Short(LineageFact fact) => IsChecksum(fact) ? $"{Value(fact.Value)[..ShownOfChecksum]}…" : Value(fact.Value);

    /// <summary>What <see cref="Short"/> leaves out; null if nothing.</summary>
    public static string? Full(LineageFact fact) => IsChecksum(fact) ? Value(fact.Value) : null;

    /// <summary>Whether a fact is a checksum.</summary>
    private static bool IsChecksum(LineageFact fact) =>
        fact.Name.EndsWith("sha256", StringComparison.Ordinal) && Value(fact.Value).Length > ShownOfChecksum;

    /// <summary>The page of a row.</summary>
    public static string Address(RowId id) => id is AnswerId answer
        ? CaseOf(id.Run, answer.Round, answer.Seed, answer.Prompt, answer.Answer)
        : $"/runs/{id.Run}/lineage/{id.ToString()[(id.Run.Value.Length + 1)..]}";

    /// <summary>The page of an answer.</summary>
    public static string CaseOf(RunId run, int round, int seed, int prompt, int answer) =>
        Text($"/runs/{run}/cases/{round}.{seed}.{prompt}.{answer}");

    private static string Model(ModelRole role) => role == ModelRole.Red ? "R" : "T";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
