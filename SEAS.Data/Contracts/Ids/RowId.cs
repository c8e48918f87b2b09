using System.Globalization;

namespace SEAS.Data.Contracts.Ids;

/// <summary>Names one row of a run, in exports, on the command line and in addresses: <c>embedded-1/r1/s12/p0/a2</c>.</summary>
/// <remarks>
/// <code>
/// seed        RUN/r1/s12                 pair           RUN/r1/red/17, RUN/r1/target/3
/// prompt      RUN/r1/s12/p0              step           RUN/r1/target/step/40
/// answer      RUN/r1/s12/p0/a2           checkpoint     RUN/target-1
/// verdict     RUN/r1/s12/p0/a2/verdict   general row    RUN/r1/general/5, RUN/r1/red/general/5
/// label       RUN/label/31                set answer     RUN/r1/set/0/17
/// </code>
/// <para>A text names at most one row, and each row has exactly one text: numbers carry no sign and no leading zero.</para>
/// </remarks>
/// <param name="Run">The run.</param>
public abstract record RowId(RunId Run)
{
    /// <summary>What <see cref="Parse"/> takes, for messages.</summary>
    public const string Forms =
        "RUN/r1/s12, RUN/r1/s12/p0, RUN/r1/s12/p0/a2, RUN/r1/s12/p0/a2/verdict, RUN/label/31, RUN/r1/red/17, RUN/r1/target/3, "
        + "RUN/r1/target/step/40, RUN/target-1, RUN/r1/general/5 or RUN/r1/set/0/17";

    /// <summary>The part after the run's name.</summary>
    protected abstract string Place { get; }

    /// <summary>The id as text; <see cref="Parse"/> reads it back.</summary>
    public sealed override string ToString() => $"{Run.Value}/{Place}";

    /// <summary>Reads an id.</summary>
    /// <exception cref="FormatException">It has none of the forms; the message lists them.</exception>
    public static RowId Parse(string text) => TryParse(text) ?? throw new FormatException(
        $"'{text}' names no row of a run; expected {Forms}. Ids stand in the column id of every export.");

    /// <summary>Reads an id; null if it has none of the forms.</summary>
    public static RowId? TryParse(string? text)
    {
        if (text?.Split('/') is not [{ Length: > 0 } name, .. var place])
        {
            return null;
        }

        var run = new RunId(name);
        return place switch
        {
            ["label", var id] when Number(id) is { } label => new LabelId(run, label),
            [var model] => Checkpoint(run, model),
            [['r', .. var number], .. var rest] when Index(number) is { } round => OfRound(run, round, rest),
            _ => null,
        };
    }

    private static RowId? OfRound(RunId run, int round, string[] place) => place switch
    {
        [['s', .. var seed], .. var rest] when Index(seed) is { } index => OfSeed(new SeedId(run, round, index), rest),
        ["general", var row] when Index(row) is { } index => new GeneralRowId(run, round, ModelRole.Target, index),
        ["red", "general", var row] when Index(row) is { } index => new GeneralRowId(run, round, ModelRole.Red, index),
        ["set", var set, var row] when Index(set) is { } index && Number(row) is { } number => new SetAnswerId(run, round, index, number),
        [var role, "step", var step] when RoleNames.Find(role) is { } of && Index(step) is { } index => new StepId(run, round, of, index),
        [var role, var pair] when RoleNames.Find(role) is { } of && Index(pair) is { } index => new PairId(run, round, of, index),
        _ => null,
    };

    private static RowId? OfSeed(SeedId seed, string[] place) => place switch
    {
        [] => seed,
        [['p', .. var prompt], .. var rest] when Index(prompt) is { } index => OfPrompt(seed.Prompt(index), rest),
        _ => null,
    };

    private static RowId? OfPrompt(PromptId prompt, string[] place) => place switch
    {
        [] => prompt,
        [['a', .. var answer]] when Index(answer) is { } index => prompt.Answer(index),
        [['a', .. var answer], "verdict"] when Index(answer) is { } index => prompt.Answer(index).Verdict,
        _ => null,
    };

    private static CheckpointId? Checkpoint(RunId run, string model)
    {
        var dash = model.LastIndexOf('-');
        return dash > 0 && RoleNames.Find(model[..dash]) is { } role && Index(model[(dash + 1)..]) is { } iteration
            ? new CheckpointId(run, role, iteration)
            : null;
    }

    private static int? Index(string digits) => Number(digits) is { } number and <= int.MaxValue ? (int)number : null;

    private static long? Number(string digits) =>
        (digits.Length == 1 || !digits.StartsWith('0'))
        && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
