namespace SEAS.Data.Datasets.Frozen;

/// <summary>The files of a round's frozen datasets: their names, and the columns of their rows in their order.</summary>
public static class FrozenFiles
{
    internal const string Attacks = "attacks.jsonl";
    internal const string Answers = "answers.jsonl";
    internal const string Verdicts = "verdicts.jsonl";
    internal const string Labels = "labels.jsonl";
    internal const string RedPairs = "red_pairs.jsonl";
    internal const string TargetPairs = "target_pairs.jsonl";
    internal const string General = "general.jsonl";
    internal const string Metrics = "metrics.jsonl";
    internal const string Evaluation = "evaluation.jsonl";
    internal const string Decisions = "decisions.jsonl";
    internal const string Steps = "steps.jsonl";
    internal const string Ledger = "ledger.jsonl";
    internal const string SetAnswers = "set_answers.jsonl";
    internal const string Manifest = "manifest.json";
    internal const string Diff = "diff.jsonl";

    /// <summary>The files with rows that every round has, in the order in which they are written.</summary>
    public static IReadOnlyList<string> OfEveryRound { get; } =
        [Attacks, Answers, Verdicts, Labels, RedPairs, TargetPairs, General, Metrics, Evaluation, Decisions, Steps, Ledger];

    /// <summary>All files with rows; the last is there where the run measures imported evaluation sets.</summary>
    public static IReadOnlyList<string> All { get; } = [.. OfEveryRound, SetAnswers];
}
